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

Setting basic(Setting setting) {
  setting.basic = true;
  return setting;
}

Setting inUnits(Setting setting, std::string unit) {
  setting.unit = std::move(unit);
  return setting;
}

std::vector<Setting> dataSettings() {
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
                            "With 3 channels, the colour that your sprites stand on. Choose one that they do not "
                            "contain. Without meaning for 4 channels.",
                        .basic = true};
  Setting mirror = {.name = "mirror",
                    .title = "Mirror at random",
                    .type = SettingType::kBoolean,
                    .fallback = false,
                    .help =
                        "Shows the networks every second sprite mirrored, and calls a left view right. Good for small "
                        "sets; leave it off where characters carry something in one hand."};
  return {
      size,
      basic(whole("channels", "Channels", 4, 3, 4,
                  "4 keeps transparency; 3 trains on colours alone, over the background below, which is a little "
                  "easier to learn.")),
      background,
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
      real("dropout", "Critic dropout", .2, 0, .9,
           "Share of the critic's features that are hidden from it at random. Raise it when the critic wins."),
  };
}

std::vector<Setting> trainingSettings() {
  return {
      inUnits(basic(whole("batch", "Batch", 64, 2, 1024,
                          "How many of your sprites are looked at in one step. Larger is steadier and slower.")),
              "sprites"),
      whole("accumulate", "Batches a step", 1, 1, 256,
            "Adds up so many batches before the networks change: the effect of a larger batch without its memory."),
      basic(rate("lr", "Learning rate, generator",
                 "How far the generator changes with each step. Halve it when the pictures jump about.")),
      basic(rate("lr_critic", "Learning rate, critic",
                 "The same for the critic. Lower it when the critic wins, raise it when the generator does.")),
      real("beta1", "Adam beta 1", .5, 0, .9999, "How long the optimiser remembers directions. .5 suits GANs."),
      real("beta2", "Adam beta 2", .999, 0, .99999, "How long the optimiser remembers sizes of changes."),
      real("ema", "Weight averaging", .995, 0, .9999,
           "Sprites are drawn with an average of the generator over about 1 / (1 - this) steps, which is calmer and "
           "cleaner than the newest one. 0 switches it off."),
  };
}

std::vector<Setting> lossSettings() {
  return {
      real(
          "real_label_low", "Real label, from", .95, 0, 2,
          "The critic is told that a real sprite is worth a random number between these two, which keeps it from being "
          "too sure of itself."),
      real("real_label_high", "Real label, to", 1.05, 0, 2, "The upper end. Values above 1 are allowed."),
      real("fake_label_low", "Fake label, from", 0, 0, 1, "The same for sprites that the generator made."),
      real("fake_label_high", "Fake label, to", .1, 0, 1, "The upper end."),
      real("view_weight", "Weight of the view", .5, 0, 10,
           "How much naming the view right counts, against looking real. Raise it when the views of a character look "
           "alike."),
      real("mode_seeking", "Keep samples apart", 0, 0, 10,
           "Rewards the generator for making different sprites of different latents (Mao et al. 2019), so that it does "
           "not collapse to one. Raise it when samples look alike; 0 leaves it out."),
  };
}

std::vector<Setting> keepingSettings() {
  return {
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
    append(all, dataSettings(), "Data");
    append(all, networkSettings(), "Network");
    append(all, trainingSettings(), "Training");
    append(all, lossSettings(), "Losses");
    append(all, keepingSettings(), "Previews and checkpoints");
    return SettingsSchema(std::move(all));
  }();
  return schema;
}

}  // namespace loom
