# A recursive-descent parser and writer for JSON, by hand, and a visitor of the result.


class Reader:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def space(self):
        text = self.text
        while text[self.at] in " \n\t":
            self.at += 1

    def expect(self, ch):
        if self.text[self.at] != ch:
            raise ValueError("expected %s at %d" % (ch, self.at))
        self.at += 1

    def value(self):
        self.space()
        ch = self.text[self.at]
        if ch == "{":
            return self.mapping()
        if ch == "[":
            return self.sequence()
        if ch == '"':
            return self.string()
        if ch == "t":
            self.at += 4
            return True
        if ch == "f":
            self.at += 5
            return False
        if ch == "n":
            self.at += 4
            return None
        return self.number()

    def mapping(self):
        self.expect("{")
        result = {}
        self.space()
        while self.text[self.at] != "}":
            key = self.string()
            self.space()
            self.expect(":")
            result[key] = self.value()
            self.space()
            if self.text[self.at] == ",":
                self.at += 1
                self.space()
        self.at += 1
        return result

    def sequence(self):
        self.expect("[")
        result = []
        self.space()
        while self.text[self.at] != "]":
            result.append(self.value())
            self.space()
            if self.text[self.at] == ",":
                self.at += 1
        self.at += 1
        return result

    def string(self):
        self.expect('"')
        end = self.text.find('"', self.at)
        result = self.text[self.at : end]
        self.at = end + 1
        return result

    def number(self):
        start = self.at
        text = self.text
        while text[self.at] in "-+.0123456789":
            self.at += 1
        digits = text[start : self.at]
        if "." in digits:
            return float(digits)
        return int(digits)


def write(value):
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, str):
        return '"' + value + '"'
    if isinstance(value, dict):
        return "{" + ", ".join(['"%s": %s' % (k, write(value[k])) for k in sorted(value)]) + "}"
    if isinstance(value, list):
        return "[" + ", ".join([write(item) for item in value]) + "]"
    if isinstance(value, float):
        return "%.2f" % value
    return str(value)


def weigh(value):
    if value is True or value is False:
        return 1
    if isinstance(value, dict):
        return sum([len(k) + weigh(v) for k, v in value.items()])
    if isinstance(value, list):
        return sum([weigh(item) for item in value])
    if isinstance(value, (int, float)):
        return int(value)
    return 1


def main(rounds):
    text = """{
      "imei": "860000000000001", "firmware": {"version": 12, "slots": [1, 2, 3], "ok": true},
      "readings": [{"t": 21.50, "h": 40}, {"t": 22.25, "h": 41}, {"t": -3.75, "h": 39}],
      "cells": [[460, 1, 33], [460, 0, 47], [460, 11, 52]], "next": null, "roaming": false
    }"""
    size = weight = 0
    for _ in range(rounds):
        tree = Reader(text).value()
        weight += weigh(tree)
        written = write(tree)
        size += len(written)
    assert write(Reader(written).value()) == written
    return size, weight


print(*main(1700))

# prints: 436900 2995400
