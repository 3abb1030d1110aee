"""DEAP: NSGA-II with its compiled selection, and CMA-ES, on DEAP's own benchmark functions."""

import random

import numpy as np
from contest import bounds, compete
from deap import base, benchmarks, cma, creator, tools

creator.create("Many", base.Fitness, weights=(-1.0, -1.0, -1.0))
creator.create("Two", base.Fitness, weights=(-1.0, -1.0))
creator.create("One", base.Fitness, weights=(-1.0,))
for name in ("Many", "Two", "One"):
    creator.create(f"{name}Individual", list, fitness=getattr(creator, name))

FUNCTION = {
    "zdt1": benchmarks.zdt1,
    "zdt4": benchmarks.zdt4,
    "dtlz2": lambda x: benchmarks.dtlz2(x, 3),
    "rosenbrock": benchmarks.rosenbrock,
    "rastrigin": benchmarks.rastrigin,
}


def nsga2(task, budget):
    random.seed(task["seed"])
    name, size = task["problem"], task["population"]
    lower, upper = (side.tolist() for side in bounds(name))
    kind = creator.ManyIndividual if name == "dtlz2" else creator.TwoIndividual
    evaluate = FUNCTION[name]

    def scored(individuals):
        for individual in individuals:
            individual.fitness.values = evaluate(individual)
        budget.spend(len(individuals))
        return individuals

    population = scored([kind(random.uniform(a, b) for a, b in zip(lower, upper)) for _ in range(size)])
    population = tools.selNSGA2(population, size)
    while budget.left():
        children = [kind(parent) for parent in tools.selTournamentDCD(population, size)]
        for a, b in zip(children[::2], children[1::2]):
            if random.random() < 0.9:
                tools.cxSimulatedBinaryBounded(a, b, 15.0, lower, upper)
            tools.mutPolynomialBounded(a, 20.0, lower, upper, 1 / len(lower))
            tools.mutPolynomialBounded(b, 20.0, lower, upper, 1 / len(lower))
        population = tools.selNSGA2(population + scored(children), size)
    front = tools.sortNondominated(population, size, first_front_only=True)[0]
    return budget.result(front=[list(individual.fitness.values) for individual in front])


def cmaes(task, budget):
    np.random.seed(task["seed"])
    name = task["problem"]
    lower, upper = bounds(name)
    best = float("inf")
    strategy = cma.Strategy(
        centroid=np.random.uniform(lower, upper), sigma=0.3 * (upper[0] - lower[0]), lambda_=task["population"]
    )
    while budget.left():
        population = strategy.generate(creator.OneIndividual)
        for individual in population:
            individual.fitness.values = FUNCTION[name](np.clip(individual, lower, upper))
        strategy.update(population)
        budget.spend(len(population))
        best = min(best, min(individual.fitness.values[0] for individual in population))
    return budget.result(best=best)


compete({"nsga2": nsga2, "cmaes": cmaes})
