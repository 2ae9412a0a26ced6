"""The losses once more, as their definitions have them. Each entry of LOSSES takes a random.Random and gives (tensors,
metadata) of one file: input.*, value.* and gradient.* (of an input, or of a critic's weight), and the critic's weights.*.
"""
import json

import torch
from torch.distributions import Normal, kl_divergence
from torch.nn import functional as F

from draws import draw_weights, levels, normal, numbers
from networks import NETWORKS

PICTURES = 3


def leaf(value):
    return value.double().requires_grad_(True)


def file_of(loss, inputs, values, leaves, metadata=None):
    """Gradients are those of the sum of the values."""
    sum(values.values()).backward()
    tensors = {f"input.{name}": value for name, value in inputs.items()}
    tensors.update({f"value.{name}": value for name, value in values.items()})
    tensors.update({f"gradient.{name}": value.grad for name, value in leaves.items()})
    return tensors, {"loss": loss, **(metadata or {})}


def cross_entropy_of_logits(scores, labels):
    chance = torch.sigmoid(scores)
    return -labels * torch.log(chance) - (1 - labels) * torch.log(1 - chance)


def binary(stream):
    scores, spots = leaf(normal(stream, (6,), 0, 3)), leaf(normal(stream, (PICTURES, 2, 4), 0, 3))
    labels = torch.tensor([stream.uniform(-.1, 1.1) for _ in range(6)])
    weights = torch.tensor([stream.uniform(.1, 1) for _ in range(PICTURES * 8)]).reshape(PICTURES, 2, 4)
    by_place = cross_entropy_of_logits(spots, labels[:PICTURES].double()[:, None, None]) * weights.double()
    values = {"plain": cross_entropy_of_logits(scores, labels.double()).mean(), "by_place": by_place.mean()}
    return file_of("binary", {"scores": scores, "labels": labels, "spots": spots, "weights": weights}, values,
                   {"scores": scores, "spots": spots})


def gradient_penalty(critic, real, fake, places):
    """Gulrajani 2017: the mean of (|slope| - 1) squared at points between; a map of scores counts as its mean."""
    between = (real + places * (fake - real)).requires_grad_(True)
    squares = 0
    scores = critic(between)["score"].reshape(len(real), -1).mean(dim=1)
    slope, = torch.autograd.grad(scores.sum(), between, create_graph=True)
    for one in slope:
        squares = squares + (torch.sqrt((one ** 2).sum()) - 1) ** 2
    return squares / len(real)


def make_critic(stream, changes):
    settings = {"size": 16, "channels": 1, "features": 1, "latent": 5, "dropout": 0, **changes}
    critic = NETWORKS["residual", "critic"](settings, 0)
    weights = {f"weights.{name}": value for name, value in draw_weights(critic, stream).items()}
    return critic.double(), weights, {"settings": json.dumps(settings)}


def wasserstein_with(loss, changes, stream, background):
    """L_D with its penalty, and L_G with the suppression of the background, as one sum."""
    critic, weights, metadata = make_critic(stream, changes)
    shape = (PICTURES, 1, 16, 16)
    # tanh never reaches -1, where the suppression's |x| has no slope.
    inputs = {"real": levels(stream, shape), "fake": levels(stream, shape).clamp(min=1)}
    real, fake = numbers(inputs["real"]), numbers(inputs["fake"]).requires_grad_(True)
    seed = stream.randrange(2 ** 31)
    places = torch.empty(PICTURES, 1, 1, 1).uniform_(0, 1, generator=torch.Generator().manual_seed(seed))
    inputs["places"] = places

    def weighed(scores):
        if background is None:
            return scores
        enlarged = F.interpolate(scores[:, None], size=alpha.shape[2:], mode="nearest")
        return alpha * enlarged + (1 - alpha) * background * enlarged

    if background is not None:
        inputs["alpha"] = levels(stream, shape)
        alpha = (numbers(inputs["alpha"]) + 1) / 2
    values = {
        "critic": weighed(critic(fake.detach())["score"]).mean() - weighed(critic(real)["score"]).mean(),
        "penalty": 10 * gradient_penalty(critic, real, fake.detach(), places.double()),
        "generator": -weighed(critic(fake)["score"]).mean(),
    }
    if background is not None:
        values["suppression"] = ((1 - alpha) * ((fake + 1) / 2).abs()).mean()
    leaves = {**dict(critic.named_parameters()), "fake": fake}
    tensors, more = file_of(loss, inputs, values, leaves, {"seed": str(seed), **metadata})
    tensors.update(weights)
    return tensors, more


def wasserstein(stream):
    return wasserstein_with("wasserstein", {}, stream, None)


def foreground(stream):
    return wasserstein_with("foreground", {"spatial_score": True}, stream, .1)


def evidence(stream):
    made = leaf(normal(stream, (PICTURES, 2, 4, 4), 0, .5))
    mean, log_variance = leaf(normal(stream, (PICTURES, 5))), leaf(normal(stream, (PICTURES, 5)))
    wanted = levels(stream, made.shape)
    posterior = Normal(mean, torch.exp(log_variance / 2))
    prior = Normal(torch.zeros_like(mean), torch.ones_like(mean))
    values = {"reconstruction": F.mse_loss((made + 1) / 2, wanted.double() / 255),
              "divergence": kl_divergence(posterior, prior).sum(dim=1).mean()}
    return file_of("evidence", {"made": made, "wanted": wanted, "mean": mean, "log_variance": log_variance}, values,
                   {"made": made, "mean": mean, "log_variance": log_variance})


def mode_seeking(stream):
    pictures, latents = leaf(normal(stream, (5, 2, 3, 3))), normal(stream, (5, 4))
    apart = (pictures[0:2] - pictures[2:4]).abs().mean() / (latents[0:2] - latents[2:4]).double().abs().mean()
    return file_of("mode-seeking", {"pictures": pictures, "latents": latents}, {"loss": 1 / (apart + 1e-5)},
                   {"pictures": pictures})


def views(stream):
    logits, wanted = leaf(normal(stream, (6, 4))), torch.tensor([stream.randrange(4) for _ in range(6)])
    chances = torch.exp(logits) / torch.exp(logits).sum(dim=1, keepdim=True)
    return file_of("views", {"logits": logits, "views": wanted},
                   {"loss": -torch.log(chances[torch.arange(6), wanted]).mean()}, {"logits": logits})


LOSSES = {"loss-binary": binary, "loss-wasserstein": wasserstein, "loss-foreground": foreground,
          "loss-evidence": evidence, "loss-mode-seeking": mode_seeking, "loss-views": views}
