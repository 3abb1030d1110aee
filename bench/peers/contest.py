"""What every peer shares: the tasks it is given, when to stop, and the problems in numpy.

A peer reads a list of tasks as JSON from its first argument and prints one JSON result a line. A task is
{problem, algorithm, population, evaluations | seconds, seed}; a result {seconds, firstSeconds, evaluations, front | best}.
Imports are outside the clock. Each task is run on another seed first: what compiles while it runs has compiled then.
"""

import json
import sys
import time

import numpy as np

VARIABLES = {"zdt1": 30, "zdt4": 10, "dtlz2": 12, "rosenbrock": 10, "rastrigin": 10}


def bounds(problem):
    """Lower and upper bounds, one value a variable."""
    n = VARIABLES[problem]
    low, high = {"rosenbrock": (-5.0, 10.0), "rastrigin": (-5.12, 5.12)}.get(problem, (0.0, 1.0))
    lower, upper = np.full(n, low), np.full(n, high)
    if problem == "zdt4":
        lower[1:], upper[1:] = -5.0, 5.0
    return lower, upper


def rosenbrock(x):
    """Rows of x to values."""
    return np.sum(100 * (x[:, 1:] - x[:, :-1] ** 2) ** 2 + (1 - x[:, :-1]) ** 2, axis=1)


def rastrigin(x):
    """Rows of x to values."""
    return np.sum(x * x - 10 * np.cos(2 * np.pi * x) + 10, axis=1)


VALUE = {"rosenbrock": rosenbrock, "rastrigin": rastrigin}


class Budget:
    """The clock and the count of one run: so many evaluations, or so many seconds."""

    def __init__(self, task):
        self.limit = task.get("evaluations") or float("inf")
        self.seconds = task.get("seconds") or float("inf")
        self.done = 0
        self.started = time.perf_counter()

    def spend(self, evaluations):
        self.done += evaluations

    def left(self):
        return self.done < self.limit and time.perf_counter() - self.started < self.seconds

    def result(self, **found):
        return {"seconds": time.perf_counter() - self.started, "evaluations": int(self.done), **found}


# What the seed of the first run is apart from the task's.
OTHER_SEED = 1000


def compete(algorithms):
    """Runs every task with `algorithms[name](task, budget)`, on another seed first."""
    for task in json.loads(sys.argv[1]):
        run = algorithms[task["algorithm"]]
        other = {**task, "seed": task["seed"] + OTHER_SEED}
        first = run(other, Budget(other))
        print(json.dumps({**run(task, Budget(task)), "firstSeconds": first["seconds"]}), flush=True)
