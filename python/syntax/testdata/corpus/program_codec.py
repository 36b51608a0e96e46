def crc16(data, poly=0xA001):
    crc = 0xFFFF
    for b in data:
        crc ^= b
        for _ in range(8):
            crc = (crc >> 1) ^ poly if crc & 1 else crc >> 1
    return crc & 0xffff


def pack(fields):
    out = bytearray()
    for k, v in sorted(fields.items(), key=lambda kv: kv[0]):
        out += bytes((k & 0x7f | 0x80, len(v))) + v
    out.extend(crc16(out).to_bytes(2, 'big'))
    return bytes(out)


def unpack(buf):
    i, out = 0, {}
    while i < len(buf) - 2:
        k, n = buf[i] & ~0x80, buf[i + 1]
        out[k], i = buf[i + 2:i + 2 + n], i + 2 + n
    return out


print(unpack(pack({1: b'\x01\x02', 5: b'hello'})) == {1: b'\x01\x02', 5: b'hello'})
