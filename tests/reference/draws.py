"""Weights and inputs of the reference numbers, from Python's own random numbers: the same on every machine."""
import math

import torch


def normal(stream, shape, mean=0., deviation=1.):
    drawn = [stream.gauss(mean, deviation) for _ in range(math.prod(shape))]
    return torch.tensor(drawn, dtype=torch.float32).reshape(shape)


def levels(stream, shape):
    """Bytes 0..255, which stand for numbers from -1 to 1: a quarter of the room."""
    return torch.tensor([stream.randrange(256) for _ in range(math.prod(shape))], dtype=torch.uint8).reshape(shape)


def numbers(levels):
    return levels.double() / 127.5 - 1


def draw_weights(module, stream):
    """Weights that keep signals near 1, so that every part counts; nothing at a value where a mistake would not show."""
    state = module.state_dict()
    for name, value in state.items():
        last = name.rsplit(".", 1)[-1]
        if last == "num_batches_tracked":
            continue
        if last == "running_var":
            state[name] = normal(stream, value.shape, 1, .1).abs()
        elif last == "weight" and "normalisation" in name:
            state[name] = normal(stream, value.shape, 1, .2)
        elif last == "weight":
            fan_in = value[0].numel()
            state[name] = normal(stream, value.shape, 0, 1.4 / math.sqrt(fan_in))
        else:
            state[name] = normal(stream, value.shape, 0, .5 if last == "strength" else .2)
    state = {name: value.half() if value.is_floating_point() else value.clone() for name, value in state.items()}
    module.load_state_dict(state)
    return state
