"""What happens by the clock, all in one place."""

from celery.schedules import crontab

SCHEDULES = {
    "sweep messages": {"task": "huiguan.outbox.tasks.sweep_messages", "schedule": 60.0},
    "sweep deliveries": {"task": "huiguan.deliveries.tasks.sweep_deliveries", "schedule": 60.0},
    "tell overdue": {"task": "huiguan.deliveries.tasks.tell_overdue", "schedule": crontab(hour=8, minute=20)},
    "remind of dues": {"task": "tenants.dues.tasks.remind_everywhere", "schedule": crontab(hour=9, minute=10)},
    "sweep memberships": {"task": "federation.registry.tasks.sweep_memberships", "schedule": 60.0},
    "let go of files": {"task": "federation.calls.tasks.let_go_of_files", "schedule": crontab(hour=3, minute=47)},
    "remind of calls": {"task": "tenants.reporting.tasks.remind_everywhere", "schedule": crontab(hour=8, minute=50)},
    "remove what is due": {"task": "huiguan.privacy.tasks.remove_everywhere", "schedule": crontab(hour=3, minute=52)},
    "refill spares": {"task": "huiguan.tenancy.tasks.refill_spares", "schedule": 300.0},
    "back up chambers": {"task": "huiguan.tenancy.tasks.back_up_chambers", "schedule": crontab(hour="1,5", minute=37)},
    "sweep billing": {"task": "billing.tasks.sweep", "schedule": 300.0},
    "reconcile billing": {"task": "billing.tasks.reconcile", "schedule": crontab(hour=2, minute=41)},
    "keep calendars": {"task": "tenants.meetings.tasks.keep_calendars", "schedule": 120.0},
    "read calendar mail": {"task": "tenants.meetings.tasks.read_calendar_mail", "schedule": 60.0},
    "adopt minutes": {"task": "federation.liaison.tasks.adopt_minutes", "schedule": crontab(hour=0, minute=23)},
    "sweep releases": {"task": "federation.benchmarking.tasks.sweep_releases", "schedule": 300.0},
    "lapse interests": {"task": "federation.matching.tasks.lapse_interests", "schedule": crontab(hour=7, minute=5)},
    "distribute scarce": {
        "task": "federation.matching.tasks.distribute_scarce",
        "schedule": crontab(hour=4, minute=13),
    },
    "tell of news": {"task": "tenants.exchange.tasks.tell_news", "schedule": 120.0},
    "work out standings": {
        "task": "tenants.members.tasks.work_out_standings",
        "schedule": crontab(hour=3, minute=31),
    },
    "sweep files": {"task": "huiguan.files.tasks.sweep_files", "schedule": crontab(hour=3, minute=41)},
    "encrypt leftovers": {"task": "huiguan.ciphers.tasks.encrypt_everywhere", "schedule": crontab(hour=4, minute=11)},
    "clear kept answers": {"task": "api.tasks.clear_kept_answers", "schedule": crontab(hour=3, minute=27)},
    "clear sessions": {"task": "huiguan.accounts.tasks.clear_sessions", "schedule": crontab(hour=3, minute=17)},
}
