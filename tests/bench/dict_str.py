# Dicts with str keys: counting, grouping, updating records.


def vocabulary():
    starts = ("pa", "te", "ki", "so", "lu", "mer", "van", "dor")
    ends = ("na", "ri", "to", "lek", "mus", "pin", "sal")
    return [a + b + c for a in starts for b in ends for c in starts]


def main(rounds):
    words = vocabulary()
    counts = {}
    state = 7
    for _ in range(rounds):
        state = (state * 75 + 74) % 65537
        word = words[state % len(words)]
        if word in counts:
            counts[word] += 1
        else:
            counts[word] = 1

    record = {"id": 0, "volts": 330, "signal": 17, "state": "idle"}
    for i in range(rounds):
        record["id"] = record["id"] + 1
        record["signal"] = (record["signal"] * 3 + i) % 32
        if record["signal"] > 15:
            record["state"] = "busy"
        elif record.get("alarm") is None:
            record["state"] = "idle"

    groups = {}
    for word, n in counts.items():
        groups.setdefault(word[:2], []).append(n)
    sizes = sorted((key, sum(groups[key])) for key in groups)
    return len(counts), max(counts.values()), record["signal"], sizes


print(*main(1100000))

# prints: 448 2478 1 [('do', 137201), ('ki', 137486), ('lu', 137201), ('me', 137235), ('pa', 138175), ('so', 137245), ('te', 138196), ('va', 137261)]
