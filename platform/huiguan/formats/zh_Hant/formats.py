"""Written as in simplified characters: 2026年11月22日."""

from huiguan.formats.zh_Hans.formats import *  # noqa: F403
