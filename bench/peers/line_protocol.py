"""The Python side of line-protocol.mjs."""

import sys
from time import perf_counter

import numpy as np


def read_case(words):
    """setup <file> <m> <n0> <n1> <n2> <learning rate>, as float64 arrays."""
    file, sizes, learning_rate = words[0], [int(word) for word in words[1:5]], float(words[5])
    m, n0, n1, n2 = sizes
    shapes = {"x": (m, n0), "w1": (n0, n1), "b1": (n1,), "w2": (n1, n2), "b2": (n2,), "labels": (m,)}
    values, offset, case = np.fromfile(file), 0, {"learning_rate": learning_rate}
    for name, shape in shapes.items():
        count = int(np.prod(shape))
        case[name] = values[offset:offset + count].reshape(shape)
        offset += count
    case["labels"] = case["labels"].astype(np.int64)
    return case


def cross_entropy(probabilities, labels):
    return -np.log(probabilities[np.arange(len(labels)), labels]).mean()


def serve(version, make_network):
    """Answers until the input ends. make_network(case) offers train(iterations) and predict()."""
    print(version, flush=True)
    for line in sys.stdin:
        command, *words = line.split()
        if command == "setup":
            case = read_case(words)
            network = make_network(case)
            print("ok", flush=True)
            continue
        iterations = int(words[0])
        start = perf_counter()
        if command == "train":
            cost = network.train(iterations)
        else:
            for _ in range(iterations):
                probabilities = network.predict()
        seconds = perf_counter() - start
        if command == "predict":
            cost = cross_entropy(probabilities, case["labels"])
        print(seconds, float(cost), flush=True)
