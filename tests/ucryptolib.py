# AES in the three modes; key and texts of FIPS 197 and SP 800-38A.
import ucryptolib
from ucryptolib import aes
from ubinascii import hexlify, unhexlify


def t(f, *a):
    try:
        r = f(*a)
        print(r if r is None or isinstance(r, str) else hexlify(r))
    except Exception as e:
        print(type(e), e)


key = unhexlify("2b7e151628aed2a6abf7158809cf4f3c")
key256 = unhexlify("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4")
iv = bytes(range(16))
ctr = unhexlify("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff")
text = unhexlify("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51")
print(ucryptolib.MODE_ECB, ucryptolib.MODE_CBC, ucryptolib.MODE_CTR)
for k in (key, key256):
    for mode, i in ((1, None), (2, iv), (6, ctr)):
        c = aes(k, mode, i) if i else aes(k, mode)
        secret = c.encrypt(text)
        print(mode, hexlify(secret))
        print(aes(k, mode, i).decrypt(secret) == text)
        # In pieces it comes to the same.
        c = aes(k, mode, i)
        print(c.encrypt(text[:16]) + c.encrypt(text[16:]) == secret)
c = aes(key, 6, ctr)
print(hexlify(c.encrypt(text[:5]) + c.encrypt(text[5:6]) + c.encrypt(b"") + c.encrypt(text[6:])))

# Into a buffer, also the one that it comes from.
out = bytearray(40)
print(aes(key, 1).encrypt(text, out) is out, hexlify(out))
buf = bytearray(text)
aes(key, 2, iv).encrypt(buf, buf)
print(hexlify(buf))
aes(key, 2, iv).decrypt(memoryview(buf), buf)
print(buf == text)
buf = bytearray(text) + bytearray(8)
aes(key, 1).encrypt(text, memoryview(buf)[8:])
print(hexlify(buf))

# An object keeps to what it did first.
c = aes(key, 1)
c.encrypt(text)
t(c.decrypt, text)
c = aes(key, 6, ctr)
c.decrypt(text)
t(c.encrypt, text)

t(aes)
t(aes, key)
t(aes, key, 1, None, 1)
t(aes, key, 3)
t(aes, key, "1")
t(aes, b"short", 1)
t(aes, 5, 1)
t(aes, key, 2)
t(aes, key, 2, None)
t(aes, key, 6)
t(aes, key, 2, b"short")
t(aes, key, 2, 5)
t(aes, key, 1, b"short")
t(aes(key, 1).encrypt, b"no block")
t(aes(key, 2, iv).encrypt, text[:17])
t(aes(key, 1).encrypt, 5)
t(aes(key, 1).encrypt, text, bytearray(31))
t(aes(key, 1).encrypt, text, text)
t(aes(key, 1).encrypt)
t(aes(key, 1).encrypt, b"")
t(aes(key, 6, iv).decrypt, b"any")
print(aes)
