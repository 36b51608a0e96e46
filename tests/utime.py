# The clock, waiting, and ticks.
import utime

print("-- the clock: seconds since 1970, and as a date in the device's time zone")
print(utime.time(), utime.getTimeZone())
print(utime.localtime())  # year, month, day, hour, minute, second, weekday (Monday is 0), day of the year
utime.setTimeZone(-3)
print(utime.getTimeZone(), utime.localtime())
try:
    utime.setTimeZone(13)
except ValueError as e:
    print("ValueError:", e)

print("-- dates of your own are China's time, whatever the zone")
leap_day = utime.mktime((2024, 2, 29, 12, 30, 0, 0, 0))
print(leap_day, utime.localtime(leap_day))
try:
    utime.mktime((2024, 2, 29))
except TypeError as e:
    print("TypeError:", e)

print("-- waiting takes as long as it says")


def took(wait, how_long):
    start = utime.ticks_us()
    wait(how_long)
    return utime.ticks_diff(utime.ticks_us(), start) // 1000


print("sleep(2):", took(utime.sleep, 2), "ms")
print("sleep(0.25):", took(utime.sleep, 0.25), "ms")
print("sleep_ms(15):", took(utime.sleep_ms, 15), "ms")
print("sleep_us(300):", took(utime.sleep_us, 300), "ms, the shortest wait there is")
print("sleep_ms(-1):", took(utime.sleep_ms, -1), "ms")

print("-- ticks go round at 2**30; ticks_diff and ticks_add know it")
last = 2 ** 30 - 1
print(utime.ticks_add(last, 1), utime.ticks_add(0, -1))
print(utime.ticks_diff(5, last), utime.ticks_diff(last, 5))

print("-- a loop that only looks at the clock sees it move")
deadline = utime.ticks_add(utime.ticks_ms(), 100)
while utime.ticks_diff(deadline, utime.ticks_ms()) > 0:
    pass
print("100 ms are over")
