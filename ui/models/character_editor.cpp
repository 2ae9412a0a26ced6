#include "ui/models/character_editor.h"

#include <algorithm>
#include <utility>

#include "ui/models/character_state_json.h"

namespace loom {
namespace {

constexpr const char* kKind = "character";
constexpr qint64 kPauseBetweenGestures = 700;  ///< milliseconds

}  // namespace

Latent wholeLatent(const CharacterState& state) {
  Latent whole = state.latent;
  whole.insert(whole.end(), state.colourLatent.begin(), state.colourLatent.end());
  return whole;
}

std::vector<Sprite> finished(const std::vector<Sprite>& drawn, std::span<const std::string> views,
                             const CharacterState& state) {
  std::vector<Sprite> sprites = touchedUp(recoloured(drawn, state.colours), views, state.touchUp);
  return state.mirrorSides ? rightFromLeft(std::move(sprites), views) : sprites;
}

class CharacterEditor::Command : public UndoStep {
 public:
  Command(CharacterEditor& editor, CharacterState before, CharacterState after, const QString& text, int gesture)
      : UndoStep(text), m_editor(&editor), m_before(std::move(before)), m_after(std::move(after)), m_gesture(gesture) {}
  void withModels(std::optional<ModelChoice> from, std::optional<ModelChoice> to) {
    m_from = from;
    m_to = to;
  }

  int id() const override { return m_gesture > 0 ? kMergeableId : -1; }
  Record record() const override {
    Json data{{"before", toJson(m_before)}, {"after", toJson(m_after)}};
    if (m_from) data["from"] = toJson(*m_from);
    if (m_to) data["to"] = toJson(*m_to);
    return {kKind, std::move(data)};
  }

 private:
  static constexpr int kMergeableId = 0x43484152;

  void revert() override { show(m_before, m_from); }
  void apply() override { show(m_after, m_to); }
  bool absorb(const UndoStep& other) override {
    const auto* newer = dynamic_cast<const Command*>(&other);
    if (newer == nullptr || newer->m_gesture != m_gesture || newer->m_editor != m_editor) return false;
    m_after = newer->m_after;
    return true;
  }
  void show(const CharacterState& state, const std::optional<ModelChoice>& choice) {
    // A step from before another model with other latents came: there is nothing it could apply to.
    if (m_editor.isNull() || (!choice && state.latent.size() != m_editor->state().latent.size())) {
      setObsolete(true);
      return;
    }
    m_editor->apply(state, choice);
  }
  QPointer<CharacterEditor> m_editor;
  CharacterState m_before, m_after;
  std::optional<ModelChoice> m_from, m_to;
  int m_gesture;  ///< 0: never merged
};

CharacterEditor::CharacterEditor(QUndoStack& undo, QObject* parent) : QObject(parent), m_undo(&undo) {
  m_sinceEdit.start();
}

void CharacterEditor::addKinds(UndoHistory& history) {
  history.addKind(kKind, [editor = QPointer(this)](const Json& data) -> std::unique_ptr<UndoStep> {
    if (editor.isNull()) return nullptr;
    const auto choice = [&data](const char* key) -> std::optional<ModelChoice> {
      return data.contains(key) ? std::optional(modelChoiceFromJson(data.at(key))) : std::nullopt;
    };
    auto step = std::make_unique<Command>(*editor, characterStateFromJson(data.at("before")),
                                          characterStateFromJson(data.at("after")), QString(), 0);
    step->withModels(choice("from"), choice("to"));
    return step;
  });
}

void CharacterEditor::fitTo(int latentSize) {
  if (std::cmp_equal(m_state.latent.size(), latentSize)) return;
  m_state.latent = sampleLatent(m_state.seed, 0, latentSize);
  m_state.colourLatent.clear();
  m_state.touchUp = {};  // it was drawn over another character
  Q_EMIT changed();
}

void CharacterEditor::begin(const CharacterState& state) {
  m_state = state;
  m_lastKind = Kind::kOnce;
  Q_EMIT changed();
}

void CharacterEditor::apply(const CharacterState& state, const std::optional<ModelChoice>& choice) {
  m_state = state;
  if (choice) Q_EMIT modelWanted(*choice);
  Q_EMIT changed();
}

void CharacterEditor::push(CharacterState next, const QString& text, Kind kind, int dimension) {
  if (next == m_state || m_undo.isNull()) return;
  const bool sameThing = kind != Kind::kOnce && kind == m_lastKind && dimension == m_lastDimension;
  if (!sameThing || (!m_held && m_sinceEdit.elapsed() > kPauseBetweenGestures)) ++m_gesture;
  m_lastKind = kind;
  m_lastDimension = dimension;
  m_sinceEdit.restart();
  m_undo->push(new Command(*this, m_state, std::move(next), text, kind == Kind::kOnce ? 0 : m_gesture));
}

void CharacterEditor::hold(bool held) {
  if (held && m_sinceEdit.elapsed() > kPauseBetweenGestures) m_lastKind = Kind::kOnce;
  m_held = held;
}

void CharacterEditor::setValue(int dimension, float value) {
  if (dimension < 0 || std::cmp_greater_equal(dimension, m_state.latent.size())) return;
  CharacterState next = m_state;
  next.latent[static_cast<std::size_t>(dimension)] = value;
  push(std::move(next), tr("slider"), Kind::kValue, dimension);
}

void CharacterEditor::moveTo(const Latent& latent, const QString& text, bool moving) {
  if (latent.size() != m_state.latent.size()) return;
  CharacterState next = m_state;
  next.latent = latent;
  push(std::move(next), text, moving ? Kind::kPlace : Kind::kOnce);
}

void CharacterEditor::moveAlong(int slider, const Latent& direction, float position) {
  if (direction.size() != m_state.latent.size()) return;
  CharacterState next = m_state;
  next.latent = movedTo(m_state.latent, direction, position);
  push(std::move(next), tr("direction"), Kind::kDirection, slider);
}

void CharacterEditor::setTruncation(double truncation) {
  CharacterState next = m_state;
  next.truncation = truncation;
  push(std::move(next), tr("truncation"), Kind::kTruncation);
}

void CharacterEditor::setCrispAlpha(bool crisp) {
  CharacterState next = m_state;
  next.crispAlpha = crisp;
  push(std::move(next), tr("crisp edges"), Kind::kOnce);
}

void CharacterEditor::takeLayers(const Latent& whole, const QString& text) {
  const std::size_t size = m_state.latent.size();
  if (size == 0 || (whole.size() != size && whole.size() != 2 * size)) return;
  const auto middle = whole.begin() + static_cast<std::ptrdiff_t>(size);
  CharacterState next = m_state;
  next.latent.assign(whole.begin(), middle);
  next.colourLatent.assign(middle, whole.end());
  if (next.colourLatent == next.latent) next.colourLatent.clear();
  push(std::move(next), text, Kind::kOnce);
}

void CharacterEditor::dropColourLatent() {
  CharacterState next = m_state;
  next.colourLatent.clear();
  push(std::move(next), tr("own colours"), Kind::kOnce);
}

void CharacterEditor::setMirrorSides(bool mirrors) {
  CharacterState next = m_state;
  next.mirrorSides = mirrors;
  push(std::move(next), tr("mirrored sides"), Kind::kOnce);
}

void CharacterEditor::paint(const std::string& view, std::span<const PixelPlace> places, Rgba colour, int stroke) {
  CharacterState next = m_state;
  next.touchUp.paint(view, places, colour);
  next.touchUp.hidden = false;
  push(std::move(next), tr("touch up"), Kind::kPaint, stroke);
}

void CharacterEditor::restore(const std::string& view, std::span<const PixelPlace> places, int stroke) {
  CharacterState next = m_state;
  next.touchUp.restore(view, places);
  push(std::move(next), tr("restore pixels"), Kind::kPaint, stroke);
}

void CharacterEditor::setTouchUp(const TouchUp& touchUp, const QString& text) {
  CharacterState next = m_state;
  next.touchUp = touchUp;
  push(std::move(next), text, Kind::kOnce);
}

void CharacterEditor::setColours(const std::vector<RampEdit>& colours) {
  CharacterState next = m_state;
  next.colours = colours;
  push(std::move(next), tr("colours"), Kind::kColours);
}

void CharacterEditor::randomise(std::uint64_t seed, const std::vector<bool>& locks) {
  CharacterState next = m_state;
  next.seed = seed;
  next.colourLatent.clear();
  next.touchUp = {};
  next.latent = withLocked(sampleLatent(seed, 0, static_cast<int>(m_state.latent.size())), m_state.latent, locks);
  push(std::move(next), tr("randomise"), Kind::kOnce);
}

void CharacterEditor::reset(const std::vector<bool>& locks) {
  CharacterState next = m_state;
  next.latent = withLocked(Latent(m_state.latent.size(), 0.F), m_state.latent, locks);
  next.colourLatent.clear();
  next.touchUp = {};
  push(std::move(next), tr("reset"), Kind::kOnce);
}

void CharacterEditor::load(const CharacterState& state, const QString& text, std::optional<ModelChoice> from,
                           std::optional<ModelChoice> to) {
  if (m_undo.isNull() || (state == m_state && from == to)) return;
  m_lastKind = Kind::kOnce;
  auto* command = new Command(*this, m_state, state, text, 0);
  command->withModels(from, to);
  m_undo->push(command);
}

}  // namespace loom
