"""Fills the question who stands behind a login; sentences of the trail."""

from zhengtong.foundation.accounts.queries import subject_of
from zhengtong.foundation.audit.sentences import sentences

from .queries import subject_of_account

subject_of.fill(subject_of_account)

sentences.add("subjects.subject.registered", "登记主体")
sentences.add("subjects.subject.account_linked", "关联账号")
sentences.add("subjects.subject.contact_changed", "更新联系方式")
sentences.add("subjects.subject.representation_added", "登记代办关系")
sentences.add("subjects.subject.representation_ended", "结束代办关系")
