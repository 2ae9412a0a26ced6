"""The networks once more, written in Python from their descriptions: what ours must agree with.

Module attributes have the names that weight files use. Everything is plain: nearest upsampling really enlarges the map,
a skip is really added. No speed, no channels-last, no random numbers: dropout is 0, noise is the fixed buffer.
"""
import math

import torch
from torch import nn
from torch.nn import functional as F

LEAK = .2


def half_padding(kernel):
    return (kernel - 1) // 2


class PixelNorm(nn.Module):
    def forward(self, x):
        return x / torch.sqrt((x ** 2).mean(dim=1, keepdim=True) + 1e-8)


class Noise(nn.Module):
    def __init__(self, channels, side):
        super().__init__()
        self.strength = nn.Parameter(torch.zeros(1, channels, 1, 1))
        self.register_buffer("noise", torch.zeros(1, 1, side, side))

    def forward(self, x):
        return x + self.strength * self.noise


class Mask(nn.Module):
    def __init__(self, side):
        super().__init__()
        self.strength = nn.Parameter(torch.zeros(1))
        fall = torch.empty(1, 1, side, side)
        for y in range(side):
            for x in range(side):
                square = sum(((at + .5) / (side / 2) - 1) ** 2 for at in (x, y))
                fall[0, 0, y, x] = 1 - math.exp(-2 * square)
        self.register_buffer("fall", fall, persistent=False)

    def forward(self, x):
        return x * (1 - torch.sigmoid(self.strength) * self.fall)


class Up(nn.Module):
    """Transposed convolution (or enlarging and 3 x 3), noise, BatchNorm, activation, PixelNorm."""

    def __init__(self, into, out, kernel=4, stride=2, padding=None, norm="batch", bias=False, slope=0., nearest=False,
                 noise_side=0):
        super().__init__()
        self.nearest, self.slope = nearest, slope
        if nearest:
            self.convolution = nn.Conv2d(into, out, 3, 1, 1, bias=bias)
        else:
            padding = half_padding(kernel) if padding is None else padding
            self.convolution = nn.ConvTranspose2d(into, out, kernel, stride, padding,
                                                  output_padding=kernel % 2 if stride == 2 else 0, bias=bias)
        if noise_side:
            self.noise = Noise(out, noise_side)
        if norm == "batch":
            self.normalisation = nn.BatchNorm2d(out)
        self.norm = norm

    def forward(self, x):
        if self.nearest:
            x = F.interpolate(x, scale_factor=2, mode="nearest")
        x = self.convolution(x)
        if hasattr(self, "noise"):
            x = self.noise(x)
        if self.norm == "batch":
            x = self.normalisation(x)
        x = F.leaky_relu(x, self.slope)
        return PixelNorm()(x) if self.norm == "pixel" else x


class Down(nn.Module):
    """Convolution, BatchNorm, LeakyReLU; or, with `last`, the activation first."""

    def __init__(self, into, out, kernel=4, stride=2, padding=None, norm=True, bias=False, slope=LEAK, last=False):
        super().__init__()
        padding = half_padding(kernel) if padding is None else padding
        self.convolution = nn.Conv2d(into, out, kernel, stride, padding, bias=bias)
        if norm:
            self.normalisation = nn.BatchNorm2d(out)
        self.norm, self.slope, self.last = norm, slope, last

    def forward(self, x):
        x = self.convolution(x)
        if self.norm and not self.last:
            x = self.normalisation(x)
        x = F.leaky_relu(x, self.slope)
        return self.normalisation(x) if self.norm and self.last else x


class DcganGenerator(nn.Module):
    def __init__(self, s, views):
        super().__init__()
        f, kernel, into = s["features"], s.get("kernel", 4), s["latent"]
        if views:
            self.view = nn.Embedding(views, s["view_embedding"])
            into += s["view_embedding"]
        self.blocks = nn.ModuleList([
            Up(into, 8 * f, kernel=s["size"] // 16, stride=1, padding=0),
            Up(8 * f, 4 * f, kernel), Up(4 * f, 2 * f, kernel), Up(2 * f, f, kernel)])
        self.picture = nn.ConvTranspose2d(f, s["channels"], kernel, 2, half_padding(kernel), output_padding=kernel % 2,
                                          bias=False)

    def forward(self, latent, view=None):
        x = latent if view is None else torch.cat([latent, self.view(view)], dim=1)
        x = x[:, :, None, None]
        for block in self.blocks:
            x = block(x)
        return {"pictures": torch.tanh(self.picture(x))}


def dcgan_trunk(s):
    f, kernel, norm = s["features"], s.get("kernel", 4), s.get("critic_norm", "batch") == "batch"
    widths = [s["channels"], f, 2 * f, 4 * f, 8 * f]
    return nn.ModuleList(Down(widths[i], widths[i + 1], kernel, norm=norm and i > 0, bias=not norm) for i in range(4))


class DcganCritic(nn.Module):
    def __init__(self, s, views):
        super().__init__()
        f, side, norm = s["features"], s["size"] // 16, s.get("critic_norm", "batch") == "batch"
        self.blocks = dcgan_trunk(s)
        self.score = nn.Conv2d(8 * f, 1, side, bias=False)
        if views:
            self.view_features = Down(8 * f, f, side, 1, 0, norm=norm, bias=not norm)
            self.view = nn.Linear(f, views)

    def forward(self, pictures):
        x = pictures
        for block in self.blocks:
            x = block(x)
        verdict = {"score": self.score(x).reshape(-1)}
        if hasattr(self, "view"):
            verdict["views"] = self.view(self.view_features(x)[:, :, 0, 0])
        return verdict


class DcganEncoder(nn.Module):
    def __init__(self, s, views):
        super().__init__()
        self.blocks = dcgan_trunk(s)
        self.code = nn.Linear(8 * s["features"] * (s["size"] // 16) ** 2, s["latent"])

    def forward(self, pictures):
        x = pictures
        for block in self.blocks:
            x = block(x)
        return {"mean": torch.sigmoid(self.code(x.permute(0, 2, 3, 1).reshape(len(x), -1)))}


def residual_widths(s):
    """From the smallest map to the picture."""
    return [min(512, max(4, 4 * s["features"] // 2 ** level)) for level in range(5)]


class Rising(nn.Module):
    def __init__(self, into, out, side, s):
        super().__init__()
        pixel = s.get("pixel_norm", True)
        self.up = Up(into, out, norm="pixel" if pixel else "batch", bias=pixel, slope=LEAK,
                     nearest=s.get("upsampling", "nearest") == "nearest", noise_side=side if s.get("noise", True) else 0)
        if s.get("residual", True):
            self.refine = Down(out, out, 3, 1, norm=False, bias=True)
            self.skip = nn.Conv2d(into, out, 1, bias=False)

    def forward(self, x):
        y = self.up(x)
        if not hasattr(self, "skip"):
            return y
        return self.refine(y) + F.interpolate(self.skip(x), scale_factor=2, mode="nearest")


class ResidualGenerator(nn.Module):
    def __init__(self, s, views):
        super().__init__()
        self.side, self.widths = s["size"] // 16, residual_widths(s)
        self.start = nn.Linear(s["latent"], self.widths[0] * self.side ** 2)
        self.blocks = nn.ModuleList(Rising(self.widths[i], self.widths[i + 1], self.side * 2 ** (i + 1), s)
                                    for i in range(4))
        self.picture = nn.Conv2d(self.widths[4], s["channels"], 1)

    def forward(self, latent):
        x = F.leaky_relu(self.start(latent), LEAK)
        x = x.reshape(-1, self.side, self.side, self.widths[0]).permute(0, 3, 1, 2)
        for block in self.blocks:
            x = block(x)
        return {"pictures": torch.tanh(self.picture(x))}


class Falling(nn.Module):
    def __init__(self, into, out, side, s):
        super().__init__()
        norm = s.get("critic_norm", "none") == "batch"
        if s.get("residual", True):
            self.refine = Down(into, into, 3, 1, norm=norm, bias=not norm)
        self.down = Down(into, out, 4, norm=norm, bias=not norm)
        if s.get("residual", True):
            self.skip = nn.Conv2d(into, out, 1, bias=False)
        if s.get("centre_mask", True):
            self.mask = Mask(side)

    def forward(self, x):
        y = self.down(self.refine(x) if hasattr(self, "refine") else x)
        if hasattr(self, "mask"):
            y = self.mask(y)
        return self.skip(F.avg_pool2d(x, 2)) + y if hasattr(self, "skip") else y


def with_deviation(x):
    deviation = torch.sqrt(x.var(dim=0, unbiased=False) + 1e-8).mean()
    return torch.cat([x, deviation * torch.ones_like(x[:, :1])], dim=1)


class ResidualCritic(nn.Module):
    def __init__(self, s, views):
        super().__init__()
        widths = residual_widths(s)[::-1]
        self.size, self.minibatch = s["size"], s.get("minibatch", True)
        self.stem = Down(s["channels"], widths[1], 4, norm=False, bias=True)
        self.blocks = nn.ModuleList(Falling(widths[i], widths[i + 1], s["size"] >> (i + 1), s) for i in (1, 2, 3))
        self.last = Down(widths[4] + int(self.minibatch), widths[4], 3, 1, norm=False, bias=True)
        if s.get("spatial_score", False):
            self.scores = nn.ModuleList(nn.Conv2d(width, 1, 1) for width in (*widths[2:], widths[4]))
        else:
            self.score = nn.Linear(widths[4] * (s["size"] // 16) ** 2, 1)

    def forward(self, pictures):
        features, x = [], self.stem(pictures)
        for block in self.blocks:
            x = block(x)
            features.append(x)
        x = self.last(with_deviation(x) if self.minibatch else x)
        if not hasattr(self, "scores"):
            return {"score": self.score(x.permute(0, 2, 3, 1).reshape(len(x), -1))[:, 0]}
        features.append(x)
        side = self.size // 4
        maps = [F.interpolate(score(x), size=(side, side), mode="nearest") for score, x in zip(self.scores, features)]
        return {"score": sum(maps)[:, 0]}


class VaeEncoder(nn.Module):
    def __init__(self, s, views):
        super().__init__()
        f, kernel = s["features"], s.get("kernel", 5)
        kernels, strides = [kernel] * 4 + [3], [1, 2, 2, 2, 2]

        def last_side(padded):
            side = s["size"]
            for k, stride in zip(kernels, strides):
                side = (side + (2 * (k // 2) if padded else 0) - k) // stride + 1
                if side < 1:
                    return 0
            return side

        padded = last_side(False) == 0
        side = last_side(padded)
        widths = [s["channels"], f, 2 * f, 4 * f, 8 * f, 16 * f]
        self.blocks = nn.ModuleList(
            Down(widths[i], widths[i + 1], kernels[i], strides[i], kernels[i] // 2 if padded else 0, bias=True, slope=0.,
                 last=True) for i in range(5))
        self.mean = nn.Linear(16 * f * side ** 2, s["latent"])
        self.mean_normalisation = nn.BatchNorm1d(s["latent"])
        if s.get("variational", True):
            self.log_variance = nn.Linear(16 * f * side ** 2, s["latent"])

    def forward(self, pictures):
        x = pictures
        for block in self.blocks:
            x = block(x)
        x = x.permute(0, 2, 3, 1).reshape(len(x), -1)
        code = {"mean": self.mean_normalisation(self.mean(x))}
        if hasattr(self, "log_variance"):
            code["log_variance"] = self.log_variance(x)
        return code


class VaeDecoder(nn.Module):
    def __init__(self, s, views):
        super().__init__()
        f, kernel = s["features"], s.get("kernel", 5)
        self.side, self.width = s["size"] // 16, 16 * f
        self.start = nn.Linear(s["latent"], self.width * self.side ** 2)
        self.start_normalisation = nn.BatchNorm1d(self.width * self.side ** 2)
        self.blocks = nn.ModuleList(Up(self.width >> i, self.width >> (i + 1), kernel, norm=None, bias=True)
                                    for i in range(4))
        self.picture = nn.Conv2d(f, s["channels"], 3, padding=1)

    def forward(self, latent):
        x = self.start_normalisation(F.relu(self.start(latent)))
        x = x.reshape(-1, self.side, self.side, self.width).permute(0, 3, 1, 2)
        for block in self.blocks:
            x = block(x)
        return {"pictures": 2 * torch.sigmoid(self.picture(x)) - 1}


class Stage(nn.Module):
    def __init__(self, into, out, stride=1):
        super().__init__()
        self.change = Down(into, out, 3, stride)
        self.refine = Down(out, out, 3, 1)
        self.add = Down(out, out, 3, 1)

    def forward(self, x):
        x = self.change(x)
        return x + self.add(self.refine(x))


class Score(nn.Module):
    def __init__(self):
        super().__init__()
        self.strength = nn.Parameter(torch.full((1,), 10.))

    def forward(self, queries, keys):
        return self.strength.clamp(max=40) * (F.normalize(queries, dim=-1) @ F.normalize(keys, dim=-1).T)


class Pointer(nn.Module):
    """One character at a time, colour by colour."""

    def __init__(self, depth):
        super().__init__()
        self.depth = depth
        self.first = nn.Linear(5 + depth, 128)
        self.second = nn.Linear(128, 128)
        self.last = nn.Linear(128, depth + 1)
        self.score = Score()

    def forward(self, queries, features, indices, palette, seen):
        keys, biases = [], []
        for k, colour in enumerate(palette):
            wearers = (indices == k) & (seen > 0)[:, None, None]
            worn = wearers.sum()
            mean = F.layer_norm(features.permute(0, 2, 3, 1)[wearers].mean(0), (self.depth,))
            x = torch.cat([colour, torch.log(1 + worn).to(mean.dtype).reshape(1) / 5, mean])
            x = self.last(F.silu(self.second(F.silu(self.first(x)))))
            keys.append(x[: self.depth])
            biases.append(x[self.depth])
        return self.score(queries.permute(0, 2, 3, 1), torch.stack(keys)) + torch.stack(biases)


class ViewUnet(nn.Module):
    def __init__(self, s, views):
        super().__init__()
        f, depth, sides = s["features"], s["key_depth"], [s["size"] // 2]
        while sides[-1] % 2 == 0 and sides[-1] > 4:
            sides.append(sides[-1] // 2)
        widths = [f * min(level + 1, 4) for level in range(len(sides))]
        self.views, self.depth = views, depth
        self.down = nn.ModuleList([Stage(2 * 20 * views, f)])
        self.down.extend(Stage(widths[i - 1], widths[i], 2) for i in range(1, len(sides)))
        self.gather = nn.Linear(widths[-1] * sides[-1] ** 2, 8 * f)
        self.spread = nn.Linear(8 * f, widths[-1] * sides[-1] ** 2)
        self.up = nn.ModuleList(Stage(widths[i + 1] + widths[i], widths[i]) for i in reversed(range(len(sides) - 1)))
        self.query = nn.Conv2d(f, 4 * views * depth, 1)
        self.feature = nn.Conv2d(f, 4 * views * depth, 1)
        self.trust = nn.Conv2d(f, 4 * views * 2 * views, 1)
        self.pointer = Pointer(depth)

    def forward(self, indices, palettes, seen):
        count, side = len(indices), indices.shape[-1]
        pictures = torch.stack([palette[each] for palette, each in zip(palettes, indices)]).permute(0, 1, 4, 2, 3)
        shown = seen[:, :, None, None, None]
        masks = shown.expand(-1, -1, 1, side, side)
        x = torch.cat([pictures * shown, masks], 2).reshape(count, -1, side, side)
        x = F.pixel_unshuffle(torch.cat([x, x.flip(3)], 1), 2)
        passed = []
        for stage in self.down:
            x = stage(x)
            passed.append(x)
        rows = x.permute(0, 2, 3, 1).flatten(1)
        rows = self.spread(F.leaky_relu(self.gather(rows), LEAK))
        x = x + rows.reshape(count, x.shape[2], x.shape[3], -1).permute(0, 3, 1, 2)
        for stage, aside in zip(self.up, reversed(passed[:-1])):
            x = stage(torch.cat([F.interpolate(x, scale_factor=2, mode="nearest"), aside], 1))
        shape = (count, self.views, self.depth, side, side)
        queries, features = (F.pixel_shuffle(head(x), 2).reshape(shape) for head in (self.query, self.feature))
        logits = torch.stack([self.pointer(*each) for each in zip(queries, features, indices, palettes, seen)])
        trust = F.pixel_shuffle(self.trust(x), 2).reshape(count, self.views, 2, self.views, side, side)
        for mirrored, stands in enumerate((indices, indices.flip(3))):
            for view in range(self.views):
                wears = F.one_hot(stands[:, view], palettes.shape[1]) * seen[:, view, None, None, None]
                logits = logits + trust[:, :, mirrored, view, :, :, None] * wears[:, None]
        return {"logits": logits}


NETWORKS = {
    ("dcgan", "generator"): DcganGenerator,
    ("dcgan", "critic"): DcganCritic,
    ("dcgan", "encoder"): DcganEncoder,
    ("conditional-dcgan", "generator"): DcganGenerator,
    ("conditional-dcgan", "critic"): DcganCritic,
    ("residual", "generator"): ResidualGenerator,
    ("residual", "critic"): ResidualCritic,
    ("convolutional-vae", "generator"): VaeDecoder,
    ("convolutional-vae", "encoder"): VaeEncoder,
    ("turnaround", "turnaround"): ViewUnet,
}
