#!/usr/bin/env python3
"""Writes the numbers that our networks and losses are held to, as Python's torch computes them, as safetensors.

    make_reference.py FOLDER            one file a case
    make_reference.py --copy FROM TO    reads a file with the safetensors package and writes it again

Computed in double precision from weights of half precision (which save room), so that what differs is ours. A file of a network holds
weights.*, input.*, cotangent.* (what each output's gradient is), output.*, gradient.* (of each weight, and of the
pictures for a critic) and after.* (running statistics); its metadata say what was built. Pictures and cotangents are
bytes that stand for numbers from -1 to 1. Random numbers are those of Python's own generator, the same everywhere.
"""
import json
import pathlib
import random
import sys

import torch
from safetensors import safe_open
from safetensors.torch import save_file

from draws import draw_weights, levels, normal, numbers
from losses import LOSSES
from networks import NETWORKS

SMALL = {"size": 16, "channels": 2, "features": 1, "latent": 5, "dropout": 0}
VIEWS = 3

# name: (network, part, settings beyond SMALL, training mode, pictures). A critic's map of scores is among the losses.
CASES = {
    "dcgan-generator-5x5": ("dcgan", "generator", {"kernel": 5, "size": 32, "channels": 1}, True, 2),
    "dcgan-critic-5x5": ("dcgan", "critic", {"kernel": 5, "size": 32, "channels": 1, "critic_norm": "none"}, True, 2),
    "dcgan-encoder": ("dcgan", "encoder", {"size": 32, "channels": 1}, True, 3),
    "conditional-generator": ("conditional-dcgan", "generator", {"view_embedding": 3}, True, 3),
    "conditional-critic": ("conditional-dcgan", "critic", {"view_embedding": 3}, True, 3),
    "residual-generator": ("residual", "generator", {"features": 2, "channels": 3}, False, 1),
    "residual-generator-plain": ("residual", "generator", {"residual": False, "pixel_norm": False, "noise": False,
                                                           "upsampling": "transposed"}, True, 2),
    "residual-critic": ("residual", "critic", {"size": 32, "channels": 1}, True, 2),
    "residual-critic-plain": ("residual", "critic", {"channels": 1, "residual": False, "minibatch": False,
                                                     "centre_mask": False, "critic_norm": "batch"}, True, 3),
    "vae-encoder": ("convolutional-vae", "encoder", {"size": 64, "channels": 1}, True, 3),
    "vae-encoder-small": ("convolutional-vae", "encoder", {"kernel": 3, "variational": False}, False, 2),
    "vae-generator": ("convolutional-vae", "generator", {"kernel": 3}, True, 3),
    "turnaround": ("turnaround", "turnaround", {"key_depth": 4}, True, 2),
}


def characters(stream, count, views, side):
    """In three colours each; character i is seen from i + 1 sides."""
    indices = [stream.randrange(3) for _ in range(count * views * side * side)]
    seen = [[float(view <= i) for view in range(views)] for i in range(count)]
    return {"indices": torch.tensor(indices).reshape(count, views, side, side),
            "palettes": normal(stream, (count, 3, 4), 0, .5).double(), "seen": torch.tensor(seen).double()}


def make_network(network, part, changes, training, count, stream):
    settings = {**SMALL, **changes}
    views = VIEWS if network in ("conditional-dcgan", "turnaround") else 0
    module = NETWORKS[network, part](settings, views)
    tensors = {f"weights.{name}": value for name, value in draw_weights(module, stream).items()}
    module.double().train(training)
    if part == "generator":
        inputs = {"latent": normal(stream, (count, settings["latent"])).double()}
        if views:
            inputs["view"] = torch.tensor([stream.randrange(views) for _ in range(count)])
    elif part == "turnaround":
        inputs = characters(stream, count, views, settings["size"])
    else:
        side = settings["size"]
        tensors["input.pictures"] = levels(stream, (count, settings["channels"], side, side))
        inputs = {"pictures": numbers(tensors["input.pictures"]).requires_grad_(part == "critic")}
    outputs = module(**inputs)
    total = 0
    for name, value in outputs.items():
        tensors[f"cotangent.{name}"] = levels(stream, value.shape)
        tensors[f"output.{name}"] = value
        total = total + (value * numbers(tensors[f"cotangent.{name}"])).sum()
    total.backward()
    tensors.update({f"gradient.{name}": value.grad for name, value in module.named_parameters()})
    if part == "critic":
        tensors["gradient.pictures"] = inputs["pictures"].grad
    if part in ("generator", "turnaround"):
        tensors.update({f"input.{name}": value for name, value in inputs.items()})
    tensors.update({f"after.{name}": value for name, value in module.state_dict().items() if "running" in name})
    metadata = {"network": network, "part": part, "settings": json.dumps(settings), "views": str(views),
                "training": str(int(training)), "parameters": str(sum(p.numel() for p in module.parameters()))}
    return tensors, metadata


def write(path, tensors, metadata):
    tensors = {name: (value.detach().float() if value.dtype == torch.double else value.detach()).contiguous()
               for name, value in tensors.items()}
    save_file(tensors, path, metadata)


def copy(source, target):
    with safe_open(source, framework="pt") as file:
        save_file({name: file.get_tensor(name) for name in file.keys()}, target, file.metadata())


def main(arguments):
    if arguments[:1] == ["--copy"]:
        copy(*arguments[1:])
        return
    folder = pathlib.Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    for number, (name, case) in enumerate(CASES.items()):
        write(folder / f"{name}.safetensors", *make_network(*case, random.Random(1000 + number)))
    for number, (name, make) in enumerate(LOSSES.items()):
        write(folder / f"{name}.safetensors", *make(random.Random(2000 + number)))


if __name__ == "__main__":
    main(sys.argv[1:])
