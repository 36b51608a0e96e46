# Lock: one task holds it, the others wait for it in turn.
from . import core


class Lock:
    def __init__(self):
        self.state = 0  # 1 when it is held; a task when it is that task's turn to take it
        self.waiting = core.TaskQueue()

    def locked(self):
        return self.state == 1

    def release(self):
        if self.state != 1:
            raise RuntimeError("Lock not acquired")
        if self.waiting.peek():
            self.state = self.waiting.pop_head()
            core._task_queue.push_head(self.state)
        else:
            self.state = 0

    async def acquire(self):
        if self.state != 0:
            self.waiting.push_head(core.cur_task)
            core.cur_task.data = self.waiting  # so that cancel finds it
            try:
                yield
            except core.CancelledError as er:
                if self.state == core.cur_task:
                    # It was this task's turn; now it is the next one's.
                    self.state = 1
                    self.release()
                raise er
        self.state = 1
        return True

    async def __aenter__(self):
        return await self.acquire()

    async def __aexit__(self, exc_type, exc, tb):
        return self.release()
