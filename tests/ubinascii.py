import ubinascii
def t(f, *a):
    try: print(f(*a))
    except Exception as e: print(type(e), e)
for d in (b"", b"\x00\xff\x10", "text", bytearray(b"ab"), memoryview(b"xyz")):
    t(ubinascii.hexlify, d); t(ubinascii.hexlify, d, ":"); t(ubinascii.hexlify, d, "--"); t(ubinascii.hexlify, d, b"\xff"); t(ubinascii.hexlify, d, ""); t(ubinascii.b2a_base64, d); t(ubinascii.crc32, d); t(ubinascii.crc32, d, 0x12345678); t(ubinascii.crc32, d, -1); t(ubinascii.crc32, d, 2**40)
t(ubinascii.hexlify, b"", 5); t(ubinascii.hexlify, b"a", 5); t(ubinascii.hexlify, 5); t(ubinascii.hexlify)
for d in (b"", b"00ff10", "aAfF", b"0", b"zz", b"0g", bytearray(b"1234"), 5, "\xe9"):
    t(ubinascii.unhexlify, d)
for d in (b"", b"Zg==", b"Zm8=", b"Zm9v", b"Zm9vYg==\n", b"Z g = =", b"Zg", b"Zg=", b"Zg=x=", b"Zm9v====", b"!!!!", b"Zm8", b"=", b"====", b"Zm8=Zm8=", b"Z===", "Zm9v", 5, b"Zg==garbage", b"+/+/", b"-_-_"):
    t(ubinascii.a2b_base64, d)
t(ubinascii.b2a_base64, bytes(range(256))); t(ubinascii.crc32, b"a", "b"); t(ubinascii.crc32, 5); t(ubinascii.b2a_base64, None)
for i in range(1,9): t(ubinascii.b2a_base64, b"abcdefghi"[:i])
