// The small pictures of the directions: drawn one by one while nothing else is asked of the generator.
#include <QEvent>
#include <algorithm>
#include <iterator>

#include "core/image/ramps.h"
#include "ui/pages/create_directions.h"
#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr int kLane = 2;  ///< after the character itself
constexpr int kRestMilliseconds = 150;

}  // namespace

void CreateDirections::show(const CharacterState& state, const std::string& view) {
  if (m_state == state && m_view == view) return;
  m_state = state;
  m_view = view;
  m_panel.setLatent(state.latent);
  drawSoon();
}

/// What is drawn now would be out of date: begins anew once the hand rests.
void CreateDirections::drawSoon() {
  m_queue.clear();
  if (m_pause.interval() == 0) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(kRestMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, [this] { fillQueue(); });
  }
  m_pause.start();
}

void CreateDirections::fillQueue() {
  if (m_held || !m_panel.isVisible()) return;  // letting go and coming back begin anew
  if (!m_model || std::cmp_not_equal(m_state.latent.size(), m_model->latentSize())) return;
  m_queue.clear();
  for (int rank = 0; rank < m_panel.rows(); ++rank) {
    for (int place = 0; std::cmp_less(place, std::size(kStripPositions)); ++place) {
      m_queue.emplace_back(m_panel.row(rank)->item().key, place);
    }
  }
  askNext();  // takes the turn of what is still waiting
}

bool CreateDirections::eventFilter(QObject* watched, QEvent* event) {
  if (watched == &m_panel && event->type() == QEvent::Show) drawSoon();
  return QObject::eventFilter(watched, event);
}

/// One picture a request: a slider that is moved meanwhile waits for one picture at most.
void CreateDirections::askNext() {
  m_request = 0;
  while (!m_queue.empty()) {
    m_asked = m_queue.front();
    m_queue.pop_front();
    const Entry* entry = find(m_asked.first);
    if (entry == nullptr || entry->direction.vector.size() != m_state.latent.size()) continue;
    const auto view = std::ranges::find(m_model->views, m_view);
    GenerateRequest wanted;
    wanted.lane = kLane;
    CharacterState there = m_state;
    there.latent = movedTo(m_state.latent, entry->direction.vector, kStripPositions[m_asked.second]);
    wanted.latents = {latentLayers(*m_model).size() > 1 ? wholeLatent(there) : there.latent};
    wanted.views = {view == m_model->views.end() ? 0 : static_cast<int>(view - m_model->views.begin())};
    wanted.options = {m_state.truncation, m_state.crispAlpha};
    m_request = m_session.generator().request(std::move(wanted));
    return;
  }
}

bool CreateDirections::takeResult(const GenerateResult& result) {
  if (result.lane != kLane) return false;
  if (result.id != m_request || result.sprites.empty() || !m_model) return true;
  const std::vector<Sprite> shown = recoloured(result.sprites, m_state.colours);
  m_panel.setPicture(m_asked.first, m_asked.second, toImage(shown.front()));
  askNext();
  return true;
}

}  // namespace loom
