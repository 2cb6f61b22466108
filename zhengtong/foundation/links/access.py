"""Only jobs, under a name, speak to the outside."""

from zhengtong.foundation.access import allow, by_grant

allow("links.call", by_grant("links.call"))
