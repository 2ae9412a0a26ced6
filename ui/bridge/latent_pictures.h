// Small pictures of many latents, drawn a few at a time so that the character in hand never waits for them.
#pragma once

#include <QImage>
#include <QObject>
#include <cstdint>
#include <vector>

#include "ui/bridge/generator_bridge.h"

namespace loom {

/// The newest list wins: what was wanted before is not drawn any more.
class LatentPictures : public QObject {
  Q_OBJECT
 public:
  /// `lane` is this object's own among the generator's; pictures are asked for `together` at once.
  LatentPictures(GeneratorBridge& generator, int lane, int together, QObject* parent = nullptr);

  /// Draws these in their order, in the view with that index.
  void want(std::vector<Latent> latents, int view, const GenerateOptions& options);
  void stop();
  bool working() const { return m_next < m_latents.size(); }

 Q_SIGNALS:
  void made(int index, const loom::Sprite& sprite);

 private:
  void ask();
  void take(const GenerateResult& result);

  GeneratorBridge& m_generator;
  int m_lane;
  std::size_t m_together;
  std::vector<Latent> m_latents;
  int m_view = 0;
  GenerateOptions m_options;
  std::size_t m_next = 0;       ///< the first that is not there yet
  std::uint64_t m_awaited = 0;  ///< the request under way; 0: none
};

}  // namespace loom
