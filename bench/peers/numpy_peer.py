"""NumPy. Arguments: precision (f64, f32)."""

import sys

import numpy as np

from line_protocol import serve

FLOAT = {"f64": np.float64, "f32": np.float32}[sys.argv[1]]


def blas():
    """The BLAS that was loaded; it decides the speed, and NumPy works with any."""
    with open("/proc/self/maps", encoding="utf8") as maps:
        names = {line.split()[-1].rsplit("/", 1)[-1] for line in maps if "blas" in line.rsplit("/", 1)[-1]}
    return next((name.split(".so")[0] for name in sorted(names) if "openblas" in name), "reference BLAS")


class Network:
    def __init__(self, case):
        for name in ("x", "w1", "b1", "w2", "b2"):
            setattr(self, name, case[name].astype(FLOAT))
        self.labels, self.learning_rate = case["labels"], case["learning_rate"]
        self.rows = np.arange(len(self.labels))

    def forward(self):
        """Returns A1, and Z2 shifted so that the largest of each row is 0."""
        a1 = self.x @ self.w1
        a1 += self.b1
        np.tanh(a1, out=a1)
        z2 = a1 @ self.w2
        z2 += self.b2
        z2 -= z2.max(axis=1, keepdims=True)
        return a1, z2

    def predict(self):
        _, y = self.forward()
        np.exp(y, out=y)
        y /= y.sum(axis=1, keepdims=True)
        return y

    def train(self, iterations):
        for _ in range(iterations):
            cost = self.step()
        return cost

    def step(self):
        m = len(self.labels)
        a1, z2 = self.forward()
        target = z2[self.rows, self.labels]
        delta2 = np.exp(z2, out=z2)
        sums = delta2.sum(axis=1, keepdims=True)
        cost = (np.log(sums[:, 0]) - target).mean()
        delta2 /= sums
        delta2[self.rows, self.labels] -= 1
        delta2 /= m
        dw2, db2 = a1.T @ delta2, delta2.sum(axis=0)
        delta1 = delta2 @ self.w2.T
        np.square(a1, out=a1)
        np.subtract(1, a1, out=a1)
        delta1 *= a1
        dw1, db1 = self.x.T @ delta1, delta1.sum(axis=0)
        for w, dw in ((self.w1, dw1), (self.b1, db1), (self.w2, dw2), (self.b2, db2)):
            dw *= self.learning_rate
            w -= dw
        return cost


serve(f"{np.__version__} ({blas()})", Network)
