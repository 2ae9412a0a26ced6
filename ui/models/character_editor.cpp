#include "ui/models/character_editor.h"

#include <QUndoCommand>
#include <algorithm>
#include <utility>

namespace loom {
namespace {

constexpr qint64 kPauseBetweenGestures = 700;  ///< milliseconds

}  // namespace

class CharacterEditor::Command : public QUndoCommand {
 public:
  Command(CharacterEditor& editor, CharacterState after, const QString& text, int gesture)
      : QUndoCommand(text),
        m_editor(&editor),
        m_before(editor.state()),
        m_after(std::move(after)),
        m_gesture(gesture) {}
  void withModels(std::optional<ModelChoice> from, std::optional<ModelChoice> to) {
    m_from = from;
    m_to = to;
  }

  int id() const override { return m_gesture > 0 ? kMergeableId : -1; }
  bool mergeWith(const QUndoCommand* other) override {
    const auto* newer = static_cast<const Command*>(other);
    if (newer->m_gesture != m_gesture || newer->m_editor != m_editor) return false;
    m_after = newer->m_after;
    return true;
  }
  void undo() override { apply(m_before, m_from); }
  void redo() override { apply(m_after, m_to); }

 private:
  static constexpr int kMergeableId = 0x43484152;

  void apply(const CharacterState& state, const std::optional<ModelChoice>& choice) {
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

void CharacterEditor::fitTo(int latentSize) {
  if (std::cmp_equal(m_state.latent.size(), latentSize)) return;
  m_state.latent = sampleLatent(m_state.seed, 0, latentSize);
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
  m_undo->push(new Command(*this, std::move(next), text, kind == Kind::kOnce ? 0 : m_gesture));
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

void CharacterEditor::setColours(const std::vector<RampEdit>& colours) {
  CharacterState next = m_state;
  next.colours = colours;
  push(std::move(next), tr("colours"), Kind::kColours);
}

void CharacterEditor::randomise(std::uint64_t seed, const std::vector<bool>& locks) {
  CharacterState next = m_state;
  next.seed = seed;
  next.latent = withLocked(sampleLatent(seed, 0, static_cast<int>(m_state.latent.size())), m_state.latent, locks);
  push(std::move(next), tr("randomise"), Kind::kOnce);
}

void CharacterEditor::reset(const std::vector<bool>& locks) {
  CharacterState next = m_state;
  next.latent = withLocked(Latent(m_state.latent.size(), 0.F), m_state.latent, locks);
  push(std::move(next), tr("reset"), Kind::kOnce);
}

void CharacterEditor::load(const CharacterState& state, const QString& text, std::optional<ModelChoice> from,
                           std::optional<ModelChoice> to) {
  if (m_undo.isNull() || (state == m_state && from == to)) return;
  m_lastKind = Kind::kOnce;
  auto* command = new Command(*this, state, text, 0);
  command->withModels(from, to);
  m_undo->push(command);
}

}  // namespace loom
