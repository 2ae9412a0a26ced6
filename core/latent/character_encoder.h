// Whole characters to latents, through the encoder of the model that draws them.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/latent/sprite_generator.h"

namespace loom {

/// Whether the model's weights hold an encoder of whole characters: the preset `hero`.
bool encodesCharacters(const Model& model);

class CharacterEncoder {
 public:
  /// With `threads` intra-op threads for every later call on this thread. Throws Error when the model has no such
  /// encoder, or when weights and recipe do not fit each other.
  explicit CharacterEncoder(std::shared_ptr<const Model> model, int threads = 1);
  ~CharacterEncoder();
  CharacterEncoder(CharacterEncoder&&) noexcept;
  CharacterEncoder& operator=(CharacterEncoder&&) noexcept;

  /// The latent of each character: one sprite, of any size, a view of the model, an empty one for a view that is not
  /// there. Throws Error for another number of views or a character without any.
  std::vector<Latent> encode(std::span<const std::vector<Sprite>> characters);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
