import utime
import log

LIMIT = 40
samples = []


class Sensor:
    """Keeps the last readings."""

    def __init__(self, pin, *, period=100):
        self._pin = pin
        self.period = period
        self.values = {}

    def read(self, now=None):
        if now is None:
            now = utime.ticks_ms()
        value = (now * 7919 + self._pin) % 101
        self.values[now] = value
        return value

    def average(self):
        if not self.values:
            return 0
        return sum(self.values.values()) // len(self.values)


def run(sensors, times):
    for i in range(times):
        for s in sensors:
            v = s.read(i)
            if v > LIMIT:
                samples.append((i, s._pin, v))
            elif v == LIMIT: continue
            else:
                pass
    return {s._pin: s.average() for s in sensors}


if __name__ == '__main__':
    print(run([Sensor(p) for p in (1, 2, 3)], 10))
    print(len(samples), samples[-1][2] if samples else None)
