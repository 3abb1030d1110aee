"""pygmo (C++): NSGA-II, CMA-ES and self-adaptive DE on pygmo's own C++ problems."""

import numpy as np
import pygmo as pg
from contest import compete

PROBLEM = {
    "zdt1": lambda: pg.zdt(1, 30),
    "zdt4": lambda: pg.zdt(4, 10),
    "dtlz2": lambda: pg.dtlz(2, 12, 3),
    "rosenbrock": lambda: pg.rosenbrock(10),
    "rastrigin": lambda: pg.rastrigin(10),
}
# A population has to be a multiple of 4 for NSGA-II.
CHUNK = 20


def evolve(make):
    def run(task, budget):
        problem, size, seed = pg.problem(PROBLEM[task["problem"]]()), task["population"], task["seed"]

        def start(seed):
            budget.spend(size)
            return pg.population(problem, size, seed=seed), pg.algorithm(make(seed))

        population, algorithm = start(seed)
        best = np.inf
        while budget.left():
            before = population.problem.get_fevals()
            population = algorithm.evolve(population)
            spent = population.problem.get_fevals() - before
            budget.spend(spent)
            if problem.get_nobj() == 1:
                best = min(best, float(population.champion_f[0]))
            if spent == 0:  # It has converged by its own tolerance: begin anew.
                seed += 1000
                population, algorithm = start(seed)
        if problem.get_nobj() == 1:
            return budget.result(best=best)
        values = population.get_f()
        return budget.result(front=values[pg.fast_non_dominated_sorting(values)[0][0]].tolist())

    return run


compete({
    "nsga2": evolve(lambda seed: pg.nsga2(gen=CHUNK, cr=0.9, eta_c=15, eta_m=20, m=0.03, seed=seed)),
    "cmaes": evolve(lambda seed: pg.cmaes(gen=CHUNK, force_bounds=True, memory=True, seed=seed)),
    "de": evolve(lambda seed: pg.sade(gen=CHUNK, memory=True, seed=seed)),
})
