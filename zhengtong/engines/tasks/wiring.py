"""Sentences of the trail."""

from zhengtong.foundation.audit.sentences import sentences

sentences.add("tasks.task.claimed", "领办")
sentences.add("tasks.task.returned", "退回待办")
sentences.add("tasks.task.handed_over", "转交同事")
