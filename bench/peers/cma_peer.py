"""pycma: CMA-ES as its documentation has it, generations evaluated in numpy."""

import cma
import numpy as np
from contest import VALUE, bounds, compete


def run(task, budget):
    lower, upper = bounds(task["problem"])
    value = VALUE[task["problem"]]
    draw = np.random.default_rng(task["seed"])
    best = np.inf
    while budget.left():
        solver = cma.CMAEvolutionStrategy(
            draw.uniform(lower, upper),
            0.3 * (upper[0] - lower[0]),
            {"bounds": [lower[0], upper[0]], "seed": int(draw.integers(1, 2**31)), "verbose": -9},
        )
        while budget.left() and not solver.stop():
            points = solver.ask()
            solver.tell(points, value(np.asarray(points)).tolist())
            budget.spend(len(points))
        best = min(best, solver.result.fbest)
    return budget.result(best=float(best))


compete({"cmaes": run})
