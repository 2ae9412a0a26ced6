#include "ui/bridge/latent_pictures.h"

#include <algorithm>
#include <utility>

namespace loom {

LatentPictures::LatentPictures(GeneratorBridge& generator, int lane, int together, QObject* parent)
    : QObject(parent), m_generator(generator), m_lane(lane), m_together(static_cast<std::size_t>(together)) {
  connect(&generator, &GeneratorBridge::resultReady, this, [this](const GenerateResult& result) { take(result); });
}

void LatentPictures::want(std::vector<Latent> latents, int view, const GenerateOptions& options) {
  m_latents = std::move(latents);
  m_view = view;
  m_options = options;
  m_next = 0;
  ask();
}

void LatentPictures::stop() {
  m_latents.clear();
  m_next = 0;
  m_awaited = 0;
}

void LatentPictures::ask() {
  m_awaited = 0;
  if (!working()) return;
  GenerateRequest request;
  request.lane = m_lane;
  const std::size_t end = std::min(m_latents.size(), m_next + m_together);
  for (std::size_t i = m_next; i < end; ++i) {
    request.latents.push_back(m_latents[i]);
    request.views.push_back(m_view);
  }
  request.options = m_options;
  m_awaited = m_generator.request(std::move(request));
}

void LatentPictures::take(const GenerateResult& result) {
  if (m_awaited == 0 || result.lane != m_lane || result.id != m_awaited) return;
  if (result.sprites.empty()) return stop();  // of a model that has just been replaced
  for (const Sprite& sprite : result.sprites) Q_EMIT made(static_cast<int>(m_next++), sprite);
  ask();
}

}  // namespace loom
