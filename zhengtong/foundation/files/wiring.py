"""Sentences of the trail."""

from zhengtong.foundation.audit.sentences import sentences

sentences.add("files.file.stored", "上传文件")
sentences.add("files.file.judged", "文件检查结论")
