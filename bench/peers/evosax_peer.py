"""evosax (JAX on the CPU, compiled): CMA-ES and differential evolution, 50 generations a compiled call."""

from functools import partial

import jax
import jax.numpy as jnp
from contest import bounds, compete
from evosax.algorithms import CMA_ES, DifferentialEvolution

GENERATIONS = 50


def rosenbrock(x):
    return jnp.sum(100 * (x[:, 1:] - x[:, :-1] ** 2) ** 2 + (1 - x[:, :-1]) ** 2, axis=1)


def rastrigin(x):
    return jnp.sum(x * x - 10 * jnp.cos(2 * jnp.pi * x) + 10, axis=1)


VALUE = {"rosenbrock": rosenbrock, "rastrigin": rastrigin}
made = {}


def compiled(algorithm, name, population):
    """The solver and its compiled generations, once for each task's shape."""
    key = (algorithm, name, population)
    if key not in made:
        lower, upper = bounds(name)
        solver = algorithm(population_size=population, solution=jnp.zeros(len(lower)))

        def generation(carry, step, params):
            state, best = carry
            points, state = solver.ask(step, state, params)
            points = jnp.clip(points, lower, upper)
            fitness = VALUE[name](points)
            state, _ = solver.tell(step, points, fitness, state, params)
            return (state, jnp.fmin(best, jnp.nanmin(fitness))), None

        @jax.jit
        def generations(state, best, key, params):
            steps = jax.random.split(key, GENERATIONS)
            carry, _ = jax.lax.scan(partial(generation, params=params), (state, best), steps)
            return carry

        made[key] = solver, generations, jnp.asarray(lower), jnp.asarray(upper)
    return made[key]


def search(algorithm, by_distribution):
    def run(task, budget):
        solver, generations, lower, upper = compiled(algorithm, task["problem"], task["population"])
        key, start = jax.random.split(jax.random.key(task["seed"]))
        params = solver.default_params
        if by_distribution:
            params = params.replace(std_init=0.3 * (upper[0] - lower[0]))
            state = solver.init(start, jax.random.uniform(start, lower.shape, minval=lower, maxval=upper), params)
        else:
            points = jax.random.uniform(start, (task["population"], len(lower)), minval=lower, maxval=upper)
            state = solver.init(start, points, VALUE[task["problem"]](points), params)
        best = jnp.inf
        while budget.left():
            key, step = jax.random.split(key)
            state, best = generations(state, best, step, params)
            best.block_until_ready()
            budget.spend(GENERATIONS * task["population"])
        return budget.result(best=float(best))

    return run


compete({"cmaes": search(CMA_ES, True), "de": search(DifferentialEvolution, False)})
