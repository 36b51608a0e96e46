# A parser of modem answers: lines of text into fields, by str methods.

ANSWERS = (
    "+CSQ: 24,99",
    "+CREG: 0,1",
    '+COPS: 0,0,"CHINA MOBILE",7',
    '+CGDCONT: 1,"IP","cmnet","10.44.3.7",0,0',
    '+QIURC: "recv",0,12',
    "+CCLK: \"24/03/18,09:41:07+32\"",
    "OK",
    "+CME ERROR: 30",
)


def fields(text):
    out = []
    word = ""
    quoted = False
    for ch in text:
        if ch == '"':
            quoted = not quoted
        elif ch == "," and not quoted:
            out.append(word)
            word = ""
        else:
            word += ch
    out.append(word)
    return [int(w) if w.isdigit() else w for w in out]


class Modem:
    def __init__(self):
        self.errors = 0
        self.finished = 0
        self.seen = {}
        self.handlers = {"+CSQ": self.signal, "+CREG": self.registered, "+COPS": self.operator}
        self.state = [0, 0, ""]

    def signal(self, values):
        self.state[0] = values[0] * 2 - 113

    def registered(self, values):
        self.state[1] += values[1] == 1

    def operator(self, values):
        self.state[2] = values[2].lower().replace(" ", "_")

    def line(self, text):
        text = text.strip()
        if text == "OK":
            self.finished += 1
            return
        name, _, rest = text.partition(": ")
        if name.endswith("ERROR"):
            self.errors += int(rest)
            return
        values = fields(rest)
        self.seen[name] = self.seen.get(name, 0) + len(values)
        handler = self.handlers.get(name)
        if handler:
            handler(values)


def main(rounds):
    modem = Modem()
    stream = "\r\n".join(ANSWERS) + "\r\n"
    for _ in range(rounds):
        for text in stream.split("\n"):
            if text:
                modem.line(text)
    return modem.errors, modem.finished, modem.state, sorted(modem.seen.items())


print(*main(9000))

# prints: 270000 9000 [-65, 9000, 'china_mobile'] [('+CCLK', 9000), ('+CGDCONT', 54000), ('+COPS', 36000), ('+CREG', 18000), ('+CSQ', 18000), ('+QIURC', 27000)]
