"""`zt work`: one process that runs jobs and hands events to their subscribers."""

import argparse
import asyncio
import logging
import threading

log = logging.getLogger(__name__)
PAUSE = 0.5  # seconds between looks at an empty outbox
LONGEST_PAUSE = 30.0
HEARTBEAT = 3.0
DEAD_AFTER = 15.0  # seconds without a heartbeat
RESCUE_EVERY = 5.0


def run(argv: list[str]) -> int:
    """Work until told to stop."""
    parser = argparse.ArgumentParser(prog="zt work")
    parser.add_argument("--jobs", type=int, default=2, help="jobs at the same time")
    options = parser.parse_args(argv)

    import django

    django.setup()
    stop = threading.Event()
    relay = threading.Thread(target=_relay, args=[stop], name="relay", daemon=True)
    relay.start()
    try:
        asyncio.run(_work(options.jobs))
    finally:
        stop.set()
        relay.join(10)
    return 0


def _relay(stop: threading.Event) -> None:
    """Hand events on; a database that is away is waited for."""
    from django.db import connection

    from zhengtong.foundation.outbox.relay import relay

    pause = PAUSE
    while not stop.is_set():
        try:
            handled = relay()
            pause = PAUSE
        except Exception:
            log.exception("the relay stumbled and tries again in %.0f s", pause)
            handled = 0
            pause = min(pause * 2, LONGEST_PAUSE)
        connection.close()  # back to the pool; a broken one is replaced there
        if not handled:
            stop.wait(pause)


async def _work(jobs: int) -> None:
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=jobs + 2)
    with app.replace_connector(connector) as worker:
        async with worker.open_async():
            rescue = asyncio.create_task(_rescue(worker))
            try:
                await worker.run_worker_async(
                    concurrency=jobs,
                    shutdown_graceful_timeout=8,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=DEAD_AFTER,
                )
            finally:
                rescue.cancel()


async def _rescue(worker) -> None:  # type: ignore[no-untyped-def]
    """Give jobs of killed workers back to the queue."""
    while True:
        try:
            for job in await worker.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER):
                log.warning("job %s (%s) lost its worker and is queued again", job.id, job.task_name)
                await worker.job_manager.retry_job(job)
        except Exception:
            log.exception("the search for lost jobs stumbled")
        await asyncio.sleep(RESCUE_EVERY)
