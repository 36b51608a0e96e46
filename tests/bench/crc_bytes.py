# Bytes and bytearrays: CRC-32 by table, CRC-16 by bit, framing with escapes, hexadecimal.


def crc32_table():
    table = []
    for n in range(256):
        for _ in range(8):
            n = (n >> 1) ^ 0xEDB88320 if n & 1 else n >> 1
        table.append(n)
    return table


def crc32(data, table):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = (crc >> 8) ^ table[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def crc16(data):
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            if crc & 0x8000:
                crc = (crc << 1 ^ 0x1021) & 0xFFFF
            else:
                crc = crc << 1 & 0xFFFF
    return crc


def stuff(data):
    out = bytearray()
    for byte in data:
        if byte == 0x7E or byte == 0x7D:
            out.append(0x7D)
            byte ^= 0x20
        out.append(byte)
    return bytes(out)


def unstuff(data):
    out = bytearray(len(data))
    n = 0
    escaped = False
    for i in range(len(data)):
        byte = data[i]
        if byte == 0x7D:
            escaped = True
            continue
        if escaped:
            byte ^= 0x20
            escaped = False
        out[n] = byte
        n += 1
    return bytes(out[:n])


def main(rounds):
    table = crc32_table()
    block = bytes([(i * 37 + i // 7) & 0xFF for i in range(1024)])
    sums = 0
    for r in range(rounds):
        frame = stuff(block)
        if unstuff(frame) != block:
            return "frame broken"
        long = crc32(frame, table)
        sums = (sums + long + crc16(block[:256])) & 0xFFFFFFFF
        block = block[1:] + bytes([long & 0xFF])
    return "%08x %s" % (sums, "".join(["%02x" % b for b in block[-8:]]))


print(main(1300))

# prints: 77628977 df1d534c3d1b226e
