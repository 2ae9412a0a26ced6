"""The networks of the recipes, trained as a notebook does: PyTorch, eager, float32, nothing tuned.

spriteloom-bench-training starts it as `training_eager.py CASE SPRITES`, where CASE is JSON (preset, side, threads and
the settings) and SPRITES a file of side x side x 4 bytes a sprite. Each line on its input is a number of steps to do;
the answer is a line of JSON: seconds taken, trainable numbers, peak memory in MiB.
"""

import json
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def dcgan_weights(module):
    if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.normal_(module.weight, 0, 0.02)
    elif isinstance(module, nn.BatchNorm2d):
        nn.init.normal_(module.weight, 1, 0.02)
        nn.init.zeros_(module.bias)


def dcgan(s):
    f, c, last = s["features"], s["channels"], s["size"] // 16
    up, width, window = [], s["latent"], (last, 1, 0)
    for factor in (8, 4, 2, 1):
        up += [nn.ConvTranspose2d(width, factor * f, *window, bias=False), nn.BatchNorm2d(factor * f), nn.ReLU(True)]
        width, window = factor * f, (4, 2, 1)
    generator = nn.Sequential(*up, nn.ConvTranspose2d(f, c, 4, 2, 1, bias=False), nn.Tanh())
    down = [nn.Conv2d(c, f, 4, 2, 1, bias=False), nn.LeakyReLU(0.2, True), nn.Dropout(s["dropout"])]
    for factor in (2, 4, 8):
        down += [nn.Conv2d(f * factor // 2, f * factor, 4, 2, 1, bias=False), nn.BatchNorm2d(f * factor),
                 nn.LeakyReLU(0.2, True)]
        if factor == 4:
            down.append(nn.Dropout(s["dropout"]))
    critic = nn.Sequential(*down, nn.Conv2d(8 * f, 1, last, 1, 0, bias=False), nn.Sigmoid())
    return generator.apply(dcgan_weights), critic.apply(dcgan_weights)


class Adversarial:
    """The loop of the DCGAN tutorial, with soft noisy labels."""

    def __init__(self, s):
        self.latent = s["latent"]
        self.generator, self.critic = dcgan(s)
        self.loss = nn.BCELoss()
        betas = (float(s["beta1"]), float(s["beta2"]))
        self.of_critic = torch.optim.Adam(self.critic.parameters(), lr=s["lr_critic"], betas=betas)
        self.of_generator = torch.optim.Adam(self.generator.parameters(), lr=s["lr"], betas=betas)
        self.real = s["real_label_low"], s["real_label_high"]
        self.fake = s["fake_label_low"], s["fake_label_high"]
        self.history = []

    def modules(self):
        return [self.generator, self.critic]

    def step(self, batches):
        pictures, _ = next(batches)
        count = pictures.size(0)
        self.critic.zero_grad()
        out = self.critic(pictures).view(-1)
        loss_real = self.loss(out, torch.empty(count).uniform_(*self.real).clamp_(max=1))  # BCELoss takes no more
        loss_real.backward()
        d_real = out.mean().item()
        fake = self.generator(torch.randn(count, self.latent, 1, 1))
        out = self.critic(fake.detach()).view(-1)
        loss_fake = self.loss(out, torch.empty(count).uniform_(*self.fake))
        loss_fake.backward()
        d_before = out.mean().item()
        self.of_critic.step()
        self.generator.zero_grad()
        out = self.critic(fake).view(-1)
        loss = self.loss(out, torch.ones(count))
        loss.backward()
        d_after = out.mean().item()
        self.of_generator.step()
        self.history.append(((loss_real + loss_fake).item(), loss.item(), d_real, d_before, d_after))


class Vae(nn.Module):
    def __init__(self, s):
        super().__init__()
        f, c, kernel, latent = s["features"], s["channels"], s["kernel"], s["latent"]
        self.wide, self.small = 16 * f, s["size"] // 16
        down, width = [], c
        for block in range(5):
            side = kernel if block < 4 else 3
            down += [nn.Conv2d(width, f << block, side, 1 if block == 0 else 2), nn.ReLU(True),
                     nn.BatchNorm2d(f << block)]
            width = f << block
        self.encoder = nn.Sequential(*down, nn.Flatten())
        with torch.no_grad():
            left = self.encoder.eval()(torch.zeros(1, c, s["size"], s["size"])).size(1)
        self.encoder.train()
        self.mean = nn.Sequential(nn.Linear(left, latent), nn.BatchNorm1d(latent))
        self.log_variance = nn.Linear(left, latent)
        start = self.wide * self.small**2
        self.start = nn.Sequential(nn.Linear(latent, start), nn.ReLU(True), nn.BatchNorm1d(start))
        up = []
        for block in range(4):
            width = self.wide >> block
            up += [nn.ConvTranspose2d(width, width // 2, kernel, 2, (kernel - 1) // 2, kernel % 2), nn.ReLU(True)]
        self.decoder = nn.Sequential(*up, nn.Conv2d(f, c, 3, 1, 1), nn.Sigmoid())

    def forward(self, pictures):
        features = self.encoder(pictures)
        mean, log_variance = self.mean(features), self.log_variance(features)
        code = mean + (log_variance / 2).exp() * torch.randn_like(mean)
        return self.decoder(self.start(code).view(-1, self.wide, self.small, self.small)), mean, log_variance


class Variational:
    def __init__(self, s):
        self.network = Vae(s)
        self.adam = torch.optim.Adam(self.network.parameters(), lr=s["lr"], betas=(float(s["beta1"]), float(s["beta2"])))
        self.kl = s["kl"]
        self.history = []

    def modules(self):
        return [self.network]

    def step(self, batches):
        pictures, _ = next(batches)
        wanted = (pictures + 1) / 2
        self.adam.zero_grad()
        made, mean, log_variance = self.network(wanted)
        reconstruction = F.mse_loss(made, wanted)
        divergence = (mean.square() + log_variance.exp() - 1 - log_variance).sum(1).mean() / 2
        loss = reconstruction + self.kl / wanted[0].numel() * divergence
        loss.backward()
        self.adam.step()
        near = ((made - wanted).abs().amax(1) < 8.5 / 255).float().mean()
        same = (made.argmax(1) == wanted.argmax(1)).float().mean()
        self.history.append((loss.item(), reconstruction.item(), divergence.item(), near.item(), same.item()))


class PixelNorm(nn.Module):
    def forward(self, x):
        return x * (x.square().mean(1, keepdim=True) + 1e-8).rsqrt()


class Noise(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.strength = nn.Parameter(torch.zeros(1, channels, 1, 1))

    def forward(self, x):
        return x + self.strength * torch.randn(x.size(0), 1, x.size(2), x.size(3))


class CentreMask(nn.Module):
    def __init__(self, side):
        super().__init__()
        self.strength = nn.Parameter(torch.zeros(1))
        place = (torch.arange(side) + 0.5 - side / 2) / (side / 2)
        square = place.square().unsqueeze(0) + place.square().unsqueeze(1)
        self.register_buffer("fall", 1 - (-2 * square).exp())

    def forward(self, x):
        return x * (1 - torch.sigmoid(self.strength) * self.fall)


class Rising(nn.Module):
    def __init__(self, width, out, dropout):
        super().__init__()
        self.up = nn.Sequential(nn.Conv2d(width, out, 3, 1, 1), Noise(out), nn.LeakyReLU(0.2), PixelNorm(),
                                nn.Dropout(dropout))
        self.refine = nn.Sequential(nn.Conv2d(out, out, 3, 1, 1), nn.LeakyReLU(0.2))
        self.skip = nn.Conv2d(width, out, 1, bias=False)

    def forward(self, x):
        x = F.interpolate(x, scale_factor=2)
        return self.refine(self.up(x)) + self.skip(x)


class Falling(nn.Module):
    def __init__(self, width, out, dropout, side):
        super().__init__()
        self.down = nn.Sequential(nn.Conv2d(width, width, 3, 1, 1), nn.LeakyReLU(0.2), nn.Dropout(dropout),
                                  nn.Conv2d(width, out, 4, 2, 1), nn.LeakyReLU(0.2))
        self.skip = nn.Conv2d(width, out, 1, bias=False)
        self.mask = CentreMask(side)

    def forward(self, x):
        return self.skip(F.avg_pool2d(x, 2)) + self.mask(self.down(x))


class ResidualGenerator(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.side, self.wide = s["size"] // 16, 4 * s["features"]
        self.start = nn.Linear(s["latent"], self.wide * self.side**2)
        self.blocks = nn.Sequential(
            *[Rising(self.wide >> block, self.wide >> (block + 1), s["generator_dropout"]) for block in range(4)])
        self.picture = nn.Conv2d(self.wide >> 4, s["channels"], 1)

    def forward(self, latent):
        x = F.leaky_relu(self.start(latent), 0.2).view(-1, self.wide, self.side, self.side)
        return torch.tanh(self.picture(self.blocks(x)))


class ResidualCritic(nn.Module):
    def __init__(self, s):
        super().__init__()
        wide = 4 * s["features"]
        self.stem = nn.Sequential(nn.Conv2d(s["channels"], wide >> 3, 4, 2, 1), nn.LeakyReLU(0.2))
        self.blocks = nn.ModuleList([
            Falling(wide >> (4 - block), wide >> (3 - block), s["dropout"] if block <= 2 else 0, s["size"] >> (block + 1))
            for block in (1, 2, 3)])
        self.last = nn.Sequential(nn.Conv2d(wide + 1, wide, 3, 1, 1), nn.LeakyReLU(0.2))
        self.scores = nn.ModuleList([nn.Conv2d(width, 1, 1) for width in (wide >> 2, wide >> 1, wide, wide)])

    def forward(self, pictures):
        x, features = self.stem(pictures), []
        for block in self.blocks:
            x = block(x)
            features.append(x)
        deviation = (x.var(0, unbiased=False) + 1e-8).sqrt().mean()
        features.append(self.last(torch.cat([x, deviation.expand(x.size(0), 1, *x.shape[2:])], 1)))
        score = self.scores[3](features[3])
        for head in (2, 1, 0):
            own = self.scores[head](features[head])
            score = own + (score if own.shape == score.shape else F.interpolate(score, size=own.shape[2:]))
        return score.squeeze(1)


def residual_weights(module):
    if isinstance(module, (nn.Conv2d, nn.Linear)):
        nn.init.kaiming_normal_(module.weight, 0.2)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


class Wasserstein:
    """WGAN-GP with foreground-weighted score maps, several critic updates to one of the generator."""

    def __init__(self, s):
        self.s = s
        self.generator = ResidualGenerator(s).apply(residual_weights)
        self.critic = ResidualCritic(s).apply(residual_weights)
        betas = (float(s["beta1"]), float(s["beta2"]))
        self.of_critic = torch.optim.Adam(self.critic.parameters(), lr=s["lr_critic"], betas=betas)
        self.of_generator = torch.optim.Adam(self.generator.parameters(), lr=s["lr"], betas=betas)
        self.history = []

    def modules(self):
        return [self.generator, self.critic]

    def penalty(self, real, fake, weights):
        place = torch.rand(real.size(0), 1, 1, 1)
        between = (real + (fake - real) * place).requires_grad_()
        score = (self.critic(between) * weights).mean((1, 2)).sum()
        slope, = torch.autograd.grad(score, between, create_graph=True)
        return (slope.square().sum((1, 2, 3)).add(1e-12).sqrt() - 1).square().mean()

    def step(self, batches):
        s = self.s
        for _ in range(s["critic_steps"]):
            pictures, alpha = next(batches)
            fake = self.generator(torch.randn(pictures.size(0), s["latent"])).detach()
            self.critic.zero_grad()
            real_score, fake_score = self.critic(pictures), self.critic(fake)
            weights = F.adaptive_avg_pool2d(alpha, real_score.shape[1:]).squeeze(1)
            weights = s["foreground_weight"] + weights * (1 - s["foreground_weight"])
            penalty = self.penalty(pictures, fake, weights)
            loss = (fake_score * weights).mean() - (real_score * weights).mean() + s["penalty"] * penalty
            loss.backward()
            self.of_critic.step()
        self.generator.zero_grad()
        score = self.critic(self.generator(torch.randn(pictures.size(0), s["latent"])))
        loss_generator = -(score * weights).mean()
        loss_generator.backward()
        self.of_generator.step()
        self.history.append((loss.item(), loss_generator.item(), real_score.mean().item(), fake_score.mean().item(),
                             score.mean().item(), penalty.item()))


RECIPES = {"dcgan": Adversarial, "dcgan-80": Adversarial, "cvae": Variational, "critic-gan-96": Wasserstein}


def sprites(path, s):
    """Pictures in [-1, 1] and their alpha."""
    with open(path, "rb") as file:
        pixels = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).view(-1, s["size"], s["size"], 4)
    pixels = pixels.permute(0, 3, 1, 2).float() / 255
    colours, alpha = pixels[:, :3], pixels[:, 3:]
    pictures = torch.cat([colours * alpha, alpha], 1) if s["channels"] == 4 else 1 + (colours - 1) * alpha
    return pictures.contiguous() * 2 - 1, alpha.contiguous()


def peak_memory():
    """In MiB; ru_maxrss would count the parent's before it started us."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) / 1024


def forever(loader):
    while True:
        yield from loader


def main():
    case = json.loads(sys.argv[1])
    settings = case["settings"]
    torch.set_num_threads(case["threads"])
    torch.manual_seed(1)
    data = TensorDataset(*sprites(sys.argv[2], settings))
    batches = forever(DataLoader(data, batch_size=settings["batch"], shuffle=True, drop_last=True))
    recipe = RECIPES[case["preset"]](settings)
    parameters = sum(p.numel() for module in recipe.modules() for p in module.parameters())
    for line in sys.stdin:
        begin = time.perf_counter()
        for _ in range(int(line)):
            recipe.step(batches)
        seconds = time.perf_counter() - begin
        print(json.dumps({"seconds": seconds, "parameters": parameters, "peak": peak_memory()}), flush=True)


if __name__ == "__main__":
    main()
