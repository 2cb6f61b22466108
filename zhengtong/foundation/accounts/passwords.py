"""Django's door to our own sign-in: only looks up sessions; passwords are checked in `actions.sign_in`."""

from uuid import UUID

from django.contrib.auth.backends import BaseBackend

from .models import Account


class PasswordBackend(BaseBackend):
    """Brings back the account of a session."""

    def get_user(self, user_id: UUID) -> Account | None:
        return Account.objects.filter(pk=user_id, is_active=True).first()
