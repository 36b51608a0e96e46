# Building and taking apart strings: concatenation, slices, join, replace.


def rotate(text, by):
    out = []
    for ch in text:
        code = ord(ch)
        if 97 <= code <= 122:
            code = (code - 97 + by) % 26 + 97
        out.append(chr(code))
    return "".join(out)


def run_length(text):
    packed = ""
    i = 0
    while i < len(text):
        j = i
        while j < len(text) and text[j] == text[i]:
            j += 1
        packed += text[i] + str(j - i)
        i = j
    return packed


def is_palindrome(text):
    return text == "".join([text[i] for i in range(len(text) - 1, -1, -1)])


def main(rounds):
    text = "the module sleeps aaaa and wakes bbbbbb to send cc its reading"
    size = 0
    mirrored = 0
    for i in range(rounds):
        text = rotate(text, i % 5 + 1)
        packed = run_length(text)
        size += len(packed)
        words = text.split(" ")
        mirrored += sum([is_palindrome(word) for word in words])
        joined = "-".join([word[1:] + word[:1] for word in words])
        size += joined.find("zz") + joined.count("-")
        if packed.startswith("t1") or text.upper().endswith("G"):
            size += 1
    return size, mirrored, text


print(*main(3000))

# prints: 357212 9000 xli qshypi wpiitw eeee erh aeoiw ffffff xs wirh gg mxw viehmrk
