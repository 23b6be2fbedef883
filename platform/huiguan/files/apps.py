"""Files that a chamber keeps."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "huiguan.files"
    label = "files"

    def ready(self) -> None:
        from huiguan.entitlements import register_gauge
        from huiguan.files.models import used_megabytes

        register_gauge("files.store", used_megabytes)
