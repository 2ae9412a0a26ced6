#include "core/training/shared_settings.h"

namespace loom {
namespace {

Setting whole(std::string name, std::string title, int fallback, double minimum, double maximum, std::string help) {
  return {.name = std::move(name),
          .title = std::move(title),
          .type = SettingType::kInteger,
          .fallback = fallback,
          .help = std::move(help),
          .minimum = minimum,
          .maximum = maximum};
}

Setting real(std::string name, std::string title, double fallback, double minimum, double maximum, std::string help) {
  return {.name = std::move(name),
          .title = std::move(title),
          .type = SettingType::kReal,
          .fallback = fallback,
          .help = std::move(help),
          .minimum = minimum,
          .maximum = maximum};
}

Setting rate(std::string name, std::string title, std::string help) {
  Setting setting = real(std::move(name), std::move(title), 2e-4, 0, 1, std::move(help));
  setting.maximum.reset();
  return setting;
}

Setting onOff(std::string name, std::string title, bool fallback, std::string help) {
  return {.name = std::move(name),
          .title = std::move(title),
          .type = SettingType::kBoolean,
          .fallback = fallback,
          .help = std::move(help)};
}

/// The first of `choices` is the default.
Setting choice(std::string name, std::string title, std::vector<std::string> choices, std::string help) {
  Setting setting = {.name = std::move(name),
                     .title = std::move(title),
                     .type = SettingType::kChoice,
                     .fallback = choices.front(),
                     .help = std::move(help)};
  setting.choices = std::move(choices);
  return setting;
}

Setting basic(Setting setting) {
  setting.basic = true;
  return setting;
}

Setting inUnits(Setting setting, std::string unit) {
  setting.unit = std::move(unit);
  return setting;
}

std::vector<Setting> spriteSettings() {
  Setting size =
      inUnits(basic(whole("size", "Size", 64, 16, 128,
                          "Width and height of the sprites made. Sprites of another size are padded or scaled "
                          "by whole numbers to fit. Twice the size takes four times as long.")),
              "px");
  size.multipleOf = 16;
  Setting background = {.name = "background",
                        .title = "Background",
                        .type = SettingType::kColour,
                        .fallback = "#ffffff",
                        .help =
                            "With 1 or 3 channels, the colour that your sprites stand on. Choose one that they do not "
                            "contain. Without meaning for 2 and 4 channels.",
                        .basic = true};
  return {
      size,
      basic(whole("channels", "Channels", 4, 1, 4,
                  "4 keeps transparency; 3 trains on colours alone, over a background, which is a little easier to "
                  "learn. 1 and 2 are the same in grey.")),
      background,
      choice("fill", "Fill behind sprites", {"colour", "blurred", "mean"},
             "With 1 or 3 channels, what stands behind a sprite: the background colour, the sprite's own colours "
             "blurred, or its own mean colour. With its own colours the networks need not learn the hard edge to one "
             "colour, and a run with transparency that starts from this one begins with better colours."),
      real("held_out", "Held out", 0, 0, .5,
           "Share of the characters that the run does not train on, to judge it by (.1 is every tenth). Only where the "
           "project itself holds none out."),
  };
}

std::vector<Setting> augmentSettings() {
  Setting mirror = onOff("mirror", "Mirror at random", false,
                         "Shows the networks every second sprite mirrored, and calls a left view right. Good for small "
                         "sets; leave it off where characters carry something in one hand.");
  return {
      basic(choice("augment", "Vary the sprites", {"off", "gentle", "strong"},
                   "Shows the networks variants of your sprites that stay pixel art; never turned, never scaled. "
                   "Gentle: moved by a pixel, colours varied a little. Strong, for very small sets: mirrored with left "
                   "and right exchanged, moved by up to 3 pixels, colours varied clearly. The settings of the single "
                   "changes hold where they are larger.")),
      mirror,
      inUnits(
          whole("shift", "Shift at random", 0, 0, 16,
                "Moves each sprite by up to so many whole pixels. Helps very small sets; the sprites made will stand "
                "less steadily."),
          "px"),
      real("jitter_brightness", "Vary brightness", 0, 0, 1,
           "Makes each sprite up to so much lighter or darker (.3 is 30 %). More variety of colours from a small set, "
           "at the price of your exact palette."),
      real("jitter_contrast", "Vary contrast", 0, 0, 1, "The same for contrast."),
      real("jitter_saturation", "Vary saturation", 0, 0, 1, "The same for how strong the colours are."),
      real("jitter_hue", "Vary hue", 0, 0, .5,
           "Turns each sprite's hues by up to this part of the colour circle (.1 turns red as far as orange)."),
      real("palette_swap", "Exchange colours", 0, 0, 1,
           "Share of the sprites whose red, green and blue trade places at random: the same sprite in another palette, "
           "as sharp as before. For sets where any colour will do, such as monsters; it also recolours skin."),
  };
}

std::vector<Setting> networkSettings() {
  return {
      whole("latent", "Latent size", 84, 2, 1024,
            "How many numbers describe a sprite: the sliders on the Create page. More allow more variety and are "
            "harder to steer."),
      whole("view_embedding", "Numbers for a view", 10, 1, 256,
            "How many trained numbers tell the generator which view to draw."),
      basic(whole("features", "Network width", 48, 4, 256,
                  "How wide both networks are. Twice the width learns finer detail and takes about three times as "
                  "long.")),
      basic(inUnits(whole("colours", "Colours", 32, 2, 256,
                          "How many colours a character is drawn with, the transparent one among them. More than your "
                          "sprites have helps nothing."),
                    "colours")),
      whole("kernel", "Kernel", 4, 3, 7,
            "Side of the square that a convolution looks at, in pixels. Larger sees more context and takes longer."),
      choice("upsampling", "Upsampling", {"nearest", "transposed"},
             "How the generator doubles its maps: by repeating pixels before a convolution, which leaves no "
             "checkerboard (Odena 2016), or by transposed convolutions as in DCGAN."),
      onOff("residual", "Residual blocks", true,
            "Lets each block add to its input instead of replacing it (He 2016), which deep networks train better "
            "with."),
      onOff("pixel_norm", "Pixel normalisation", true,
            "Keeps the generator's features at one length in each pixel (Karras 2018), so that they cannot grow "
            "without bound."),
      onOff("noise", "Noise in the generator", true,
            "Adds noise to each map of the generator, with a strength that is learned per channel (Karras 2019): fine "
            "detail that the latent need not describe."),
      real("generator_dropout", "Generator dropout", 0, 0, .9,
           "Share of the generator's features that are switched off at random while it trains: more variety, less "
           "sharp."),
      real("dropout", "Critic dropout", .2, 0, .9,
           "Share of the critic's (an autoencoder: the encoder's) features that are hidden from it at random. Raise it "
           "when the critic wins."),
      choice("critic_norm", "Critic normalisation", {"batch", "none"},
             "Batch suits the plain loss. None suits the Wasserstein loss, whose gradient penalty speaks of one sprite "
             "at a time (Gulrajani 2017)."),
      onOff("minibatch", "Compare within a batch", true,
            "Lets the critic see how alike the sprites of a batch are (minibatch discrimination, Salimans 2016), so "
            "that a generator which repeats itself is found out."),
      onOff("centre_mask", "Centre mask", true,
            "Gives more weight to the middle of the picture in each of the critic's blocks, where the sprite is."),
      onOff("scaled_init", "First weights by layer", true,
            "Draws each layer's first weights as wide as its inputs ask for (He 2015), so that deep networks begin "
            "neither silent nor saturated. Off: as DCGAN draws them, all alike."),
      onOff("spatial_score", "Score by place", true,
            "The critic gives a map of scores instead of one number, so that each part of a sprite is judged."),
      whole("key_depth", "Depth of keys", 24, 4, 256,
            "How many numbers a pixel has to ask for its colour with, and a colour to answer with. More tells more "
            "colours apart and takes longer."),
      choice("normalisation", "Normalisation", {"batch", "group"},
             "What keeps the features at one size: the mean and deviation of a whole batch (Ioffe 2015), or of one "
             "character at a time (Wu 2018), for batches of a few characters."),
      onOff(
          "variational", "Variational", true,
          "The encoder gives a mean and a variance for each number of the code (Kingma and Welling 2014), so that new "
          "sprites can be drawn from standard normal numbers. Off: a plain autoencoder."),
  };
}

std::vector<Setting> trainingSettings() {
  return {
      inUnits(basic(whole("batch", "Batch", 64, 2, 1024,
                          "How many of your sprites are looked at in one step. Larger is steadier and slower.")),
              "sprites"),
      whole("accumulate", "Batches a step", 1, 1, 256,
            "Adds up so many batches before the networks change: the effect of a larger batch without its memory."),
      whole("critic_steps", "Critic updates a step", 1, 1, 20,
            "How often the critic learns before the generator does once; each takes its own batches. The Wasserstein "
            "loss wants a critic that is ahead: 2 to 5."),
      basic(rate("lr", "Learning rate, generator",
                 "How far the generator (of an autoencoder: both networks) changes with each step. Halve it when the "
                 "pictures jump about.")),
      basic(rate("lr_critic", "Learning rate, critic",
                 "The same for the critic. Lower it when the critic wins, raise it when the generator does.")),
      real("beta1", "Adam beta 1", .5, 0, .9999, "How long the optimiser remembers directions. .5 suits GANs."),
      real("beta2", "Adam beta 2", .999, 0, .99999, "How long the optimiser remembers sizes of changes."),
      choice("schedule", "Learning rate over time", {"constant", "linear", "cosine", "exponential"},
             "How the learning rates fall: not at all; evenly or in a half wave to a hundredth over the length below; "
             "or by a factor each epoch."),
      inUnits(whole("schedule_epochs", "Length of the fall", 100, 1, 1000000,
                    "For a linear or cosine fall: after so many epochs the rates stay where they are. Independent of "
                    "how long the run was asked to go, so that it can be continued exactly."),
              "epochs"),
      inUnits(whole("schedule_steps", "Length of the fall", 0, 0, 1000000000,
                    "The same in steps, however many sprites there are. 0: the length in epochs counts."),
              "steps"),
      real("lr_decay", "Factor an epoch", .995, .5, 1,
           "For an exponential fall: what the learning rates are multiplied with after each epoch."),
      inUnits(whole("warmup", "Warm up", 0, 0, 100000,
                    "The learning rates rise from nothing over so many steps first. Helps where the first steps break "
                    "training."),
              "steps"),
      real("gradient_clip", "Limit gradients", 0, 0, 1000,
           "Scales a step's gradient down to this length where it is longer, so that one odd batch cannot spoil the "
           "weights. 0 does not; 1 to 10 is usual."),
      real("ema", "Weight averaging", .995, 0, .9999,
           "Sprites are drawn with an average of the generator over about 1 / (1 - this) steps, which is calmer and "
           "cleaner than the newest one. 0 switches it off."),
  };
}

std::vector<Setting> adversarialSettings() {
  return {
      choice("loss", "Loss", {"bce", "wasserstein"},
             "bce: the critic says real or drawn (Goodfellow 2014). Wasserstein: it says how real on an open scale "
             "(Arjovsky 2017), which keeps teaching the generator and guards against mode collapse; use the gradient "
             "penalty with it, 2 to 5 critic updates, no critic normalisation, and Adam's betas 0 and .9."),
      real("penalty", "Gradient penalty", 10, 0, 1000,
           "Holds the Wasserstein critic's slope at 1 between real and drawn sprites (Gulrajani 2017). 10 is usual; 0 "
           "leaves it out."),
      real("clip_weights", "Clip the critic's weights", 0, 0, 1,
           "Keeps each of the critic's weights within this bound instead (the first form of the Wasserstein GAN: .01). "
           "0 does not. Use it or the penalty."),
      real(
          "real_label_low", "Real label, from", .95, 0, 2,
          "The critic is told that a real sprite is worth a random number between these two, which keeps it from being "
          "too sure of itself. Of the bce loss alone."),
      real("real_label_high", "Real label, to", 1.05, 0, 2, "The upper end. Values above 1 are allowed."),
      real("fake_label_low", "Fake label, from", 0, 0, 1, "The same for sprites that the generator made."),
      real("fake_label_high", "Fake label, to", .1, 0, 1, "The upper end."),
      real("view_weight", "Weight of the view", .5, 0, 10,
           "How much naming the view right counts, against looking real. Raise it when the views of a character look "
           "alike."),
      real("mode_seeking", "Keep samples apart", 0, 0, 10,
           "Rewards the generator for making different sprites of different latents (Mao et al. 2019), so that it does "
           "not collapse to one. Raise it when samples look alike; 0 leaves it out."),
      onOff("foreground", "Judge the sprite first", true,
            "Scores count fully where the real sprites are opaque, and with the weight below where they are "
            "transparent, so that the networks do not spend themselves on background."),
      real("foreground_weight", "Weight of the background", .1, 0, 1,
           "What a score counts where the real sprites are transparent."),
      real("suppression", "Empty background", .1, 0, 10,
           "With transparency, how much the generator is punished for drawing where real sprites are empty. Raise it "
           "when specks float around the sprites."),
  };
}

std::vector<Setting> autoencoderSettings() {
  return {
      real("kl", "Weight of the prior", 1, 0, 1000,
           "How strongly codes are drawn towards standard normal numbers. The loss is the mean squared error plus this "
           "times the Kullback-Leibler divergence in nats divided by how many values a picture has: 1 is the evidence "
           "lower bound of pixels on 0..1 with variance 1/2; more is tidier and blurrier, as in beta-VAE (Higgins "
           "2017). 0 trains as published, without it."),
      inUnits(whole("sharpen", "Sharpen over", 1500, 0, 1000000,
                    "Steps in which a colour that is near the right one comes to count as wrong: wide at first, so "
                    "that the palette finds its colours, sharp at last."),
              "steps"),
      real("noise_share", "Noisy sprites", .5, 0, 1,
           "Share of a batch that the encoder sees with noise added, while the clean sprite is what counts: the "
           "autoencoder learns to remove noise (Vincent 2008). 0 leaves it out."),
      real("noise_level", "Noise", .9, 0, 5, "The noise's standard deviation, where colours lie between -1 and 1."),
  };
}

std::vector<Setting> keepingSettings() {
  return {
      inUnits(whole("evaluate_every", "Judge every", 100, 1, 100000,
                    "Steps between two measurements of how good the model is, on held-out sprites where there are "
                    "any. The best model so far is kept as the run's best checkpoint."),
              "steps"),
      inUnits(real("measure_every", "Measure every", 2, 0, 1440,
                   "Minutes between two measurements of the sprites made beside the losses: KID, sliced Wasserstein "
                   "distance, coverage and copies, on held-out sprites where there are any. On a slow machine more "
                   "seldom, so that they take less than 2 % of the time. 0 switches them off."),
              "minutes"),
      inUnits(whole("preview_every", "Preview every", 25, 1, 100000, "Steps between two preview pictures."), "steps"),
      inUnits(real("checkpoint_minutes", "Checkpoint every", 5, .01, 1440,
                   "Minutes between two saved states. After a power cut, training goes on from the last one."),
              "minutes"),
      whole("keep_checkpoints", "Checkpoints kept", 5, 1, 1000,
            "The newest always stays; older ones are thinned out, the older the more."),
  };
}

void append(std::vector<Setting>& all, std::vector<Setting> part, const std::string& group) {
  for (Setting& setting : part) {
    setting.group = group;
    all.push_back(std::move(setting));
  }
}

}  // namespace

const SettingsSchema& sharedSettings() {
  static const SettingsSchema schema = [] {
    std::vector<Setting> all;
    append(all, spriteSettings(), "Data");
    append(all, augmentSettings(), "Data");
    append(all, networkSettings(), "Network");
    append(all, trainingSettings(), "Training");
    append(all, adversarialSettings(), "Losses");
    append(all, autoencoderSettings(), "Losses");
    append(all, keepingSettings(), "Previews and checkpoints");
    return SettingsSchema(std::move(all));
  }();
  return schema;
}

}  // namespace loom
