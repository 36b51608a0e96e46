# Waiting for several tasks, and for a limited time.
from . import core


async def wait_for(aw, timeout, sleep=core.sleep):
    aw = core._promote_to_task(aw)
    if timeout is None:
        return await aw

    def cancel(aw, timeout, sleep):
        await sleep(timeout)
        aw.cancel()

    alarm = core.create_task(cancel(aw, timeout, sleep))
    try:
        ret = await aw
    except core.CancelledError:
        pass  # by the alarm, most likely
    finally:
        if alarm.coro is not None:
            core._task_queue.remove(alarm)
    if alarm.coro is None:
        raise core.TimeoutError
    return ret


def wait_for_ms(aw, timeout):
    return wait_for(aw, timeout, core.sleep_ms)


async def gather(*aws, return_exceptions=False):
    results = [core._promote_to_task(aw) for aw in aws]
    for i in range(len(results)):
        try:
            results[i] = await results[i]
        except Exception as er:
            if not return_exceptions:
                raise er
            results[i] = er
    return results
