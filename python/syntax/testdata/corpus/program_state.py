class State(object):
    IDLE, DIAL, ONLINE = range(3)

    def __init__(self):
        self.state = State.IDLE
        self.handlers = {State.IDLE: self.idle, State.DIAL: self.dial}

    def step(self, *events, **info):
        try:
            handler = self.handlers[self.state]
        except KeyError as e:
            raise ValueError('no handler: %r' % (e,))
        else:
            for event in events:
                self.state = handler(event, **info)
        finally:
            self.last = events[-1:] or None

    def idle(self, event, **info):
        return State.DIAL if event in ('up', 'call') else self.state

    def dial(self, event, retries=3, **info):
        while retries > 0:
            retries -= 1
            if self.try_once(event):
                return State.ONLINE
        else:
            return State.IDLE
