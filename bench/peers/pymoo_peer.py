"""pymoo: NSGA-II and differential evolution, whole generations evaluated in numpy."""

import numpy as np
from contest import VALUE, bounds, compete
from pymoo.algorithms.moo.nsga2 import NSGA2
from pymoo.algorithms.soo.nonconvex.de import DE
from pymoo.core.problem import Problem
from pymoo.problems import get_problem


class Value(Problem):
    """One of the shared single-objective functions."""

    def __init__(self, name):
        lower, upper = bounds(name)
        super().__init__(n_var=len(lower), n_obj=1, xl=lower, xu=upper)
        self.value = VALUE[name]

    def _evaluate(self, x, out, *args, **kwargs):
        out["F"] = self.value(x)


def problem_of(name):
    if name == "dtlz2":
        return get_problem("dtlz2", n_var=12, n_obj=3)
    return Value(name) if name in VALUE else get_problem(name)


def search(algorithm):
    def run(task, budget):
        problem = problem_of(task["problem"])
        solver = algorithm(pop_size=task["population"])
        solver.setup(problem, termination=("n_gen", 10**9), seed=task["seed"], verbose=False)
        while budget.left():
            children = solver.ask()
            solver.evaluator.eval(problem, children)
            solver.tell(infills=children)
            budget.spend(len(children))
        found = np.atleast_2d(solver.opt.get("F"))
        return budget.result(**({"best": float(found.min())} if found.shape[1] == 1 else {"front": found.tolist()}))

    return run


compete({"nsga2": search(NSGA2), "de": search(DE)})
