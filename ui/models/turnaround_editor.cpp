#include "ui/models/turnaround_editor.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr const char* kKind = "turnaround";

QString viewText(const std::string& view) {
  return QString::fromStdString(view);
}

}  // namespace

/// A draft as a step has it. One that was kept with the project is read when it is first wanted: hundreds of them, each
/// with its pictures, would hold the project's opening up.
class TurnaroundEditor::StepDraft {
 public:
  StepDraft(Shared draft) : m_draft(std::move(draft)) {}  // NOLINT(google-explicit-constructor): it is one
  /// Throws Error for what cannot be a draft's at first sight.
  explicit StepDraft(Json kept) : m_kept(std::move(kept)) {
    if (!m_kept.is_object() || !m_kept.contains("given")) throw Error("a step is damaged");
  }
  /// Null: it is damaged after all.
  Shared draft() const {
    if (m_draft != nullptr) return m_draft;
    try {
      m_draft = std::make_shared<const TurnaroundDraft>(draftFromJson(m_kept));
      m_kept = {};
    } catch (const Error&) {
    }
    return m_draft;
  }
  Json json() const { return m_draft != nullptr ? toJson(*m_draft) : m_kept; }

 private:
  mutable Shared m_draft;
  mutable Json m_kept;
};

class TurnaroundEditor::Command : public UndoStep {
 public:
  Command(TurnaroundEditor& editor, StepDraft before, StepDraft after, const QString& text, int gesture)
      : UndoStep(text), m_editor(&editor), m_before(std::move(before)), m_after(std::move(after)), m_gesture(gesture) {}

  int id() const override { return m_gesture > 0 ? kMergeableId : -1; }
  Record record() const override { return {kKind, {{"before", m_before.json()}, {"after", m_after.json()}}}; }

 private:
  static constexpr int kMergeableId = 0x5455524E;

  void revert() override { show(m_before); }
  void apply() override { show(m_after); }
  bool absorb(const UndoStep& other) override {
    const auto* newer = dynamic_cast<const Command*>(&other);
    if (newer == nullptr || newer->m_gesture != m_gesture || newer->m_editor != m_editor) return false;
    m_after = newer->m_after;
    return true;
  }
  void show(const StepDraft& kept) {
    const Shared draft = m_editor.isNull() ? nullptr : kept.draft();
    draft == nullptr ? setObsolete(true) : m_editor->apply(draft);
  }
  QPointer<TurnaroundEditor> m_editor;
  StepDraft m_before, m_after;
  int m_gesture;  ///< 0: never merged
};

TurnaroundEditor::TurnaroundEditor(QUndoStack& undo, QObject* parent)
    : QObject(parent), m_undo(&undo), m_draft(std::make_shared<const TurnaroundDraft>()) {}

void TurnaroundEditor::addKinds(UndoHistory& history) {
  history.addKind(kKind, [editor = QPointer(this)](const Json& data) -> std::unique_ptr<UndoStep> {
    if (editor.isNull()) return nullptr;
    return std::make_unique<Command>(*editor, StepDraft(data.at("before")), StepDraft(data.at("after")), QString(), 0);
  });
}

void TurnaroundEditor::begin(TurnaroundDraft draft) {
  m_held = false;
  apply(std::make_shared<const TurnaroundDraft>(std::move(draft)));
}

void TurnaroundEditor::apply(Shared draft) {
  m_draft = std::move(draft);
  Q_EMIT changed();
}

void TurnaroundEditor::push(TurnaroundDraft next, const QString& text, int gesture) {
  if (next == *m_draft || m_undo.isNull()) return;
  const Shared after = std::make_shared<const TurnaroundDraft>(std::move(next));
  m_undo->push(new Command(*this, m_draft, after, text, gesture));
}

void TurnaroundEditor::give(const std::string& view, const Sprite& sprite) {
  TurnaroundDraft next = draft();
  next.give(view, sprite);
  push(std::move(next), tr("give the %1 view").arg(viewText(view)));
}

void TurnaroundEditor::give(const std::vector<ViewPicture>& pictures, const std::vector<SpriteId>& origins) {
  if (pictures.empty()) return;
  TurnaroundDraft next = draft();
  if (next.given.empty()) {
    next.name = pictures.front().character;
    next.origins.clear();
  }
  for (const ViewPicture& picture : pictures) next.give(picture.view, picture.sprite);
  for (const SpriteId origin : origins) {
    if (std::ranges::find(next.origins, origin) == next.origins.end()) next.origins.push_back(origin);
  }
  push(std::move(next), pictures.size() == 1 ? tr("give the %1 view").arg(viewText(pictures.front().view))
                                             : tr("give %1 views").arg(pictures.size()));
}

void TurnaroundEditor::accept(const std::string& view, const Sprite& sprite) {
  TurnaroundDraft next = draft();
  next.give(view, sprite, true);
  push(std::move(next), tr("use the %1 view as given").arg(viewText(view)));
}

void TurnaroundEditor::mirror(const std::string& view, const Sprite& opposite) {
  TurnaroundDraft next = draft();
  next.give(view, mirrored(opposite));
  push(std::move(next), tr("mirror into the %1 view").arg(viewText(view)));
}

void TurnaroundEditor::release(const std::string& view) {
  TurnaroundDraft next = draft();
  next.release(view);
  push(std::move(next), tr("clear the %1 view").arg(viewText(view)));
}

void TurnaroundEditor::paint(const std::string& view, const std::vector<PixelPlace>& places, Rgba colour) {
  TurnaroundDraft next = draft();
  next.paint(view, places, colour);
  push(std::move(next), tr("paint the %1 view").arg(viewText(view)), m_held ? m_gesture : 0);
}

void TurnaroundEditor::hold(bool held) {
  if (held && !m_held) ++m_gesture;
  m_held = held;
}

void TurnaroundEditor::choose(const std::vector<SetPixel>& pixels, const std::vector<std::string>& views) {
  TurnaroundDraft next = draft();
  for (const SetPixel& pixel : pixels) {
    const PixelPlace place{pixel.x, pixel.y};
    next.paint(views[static_cast<std::size_t>(pixel.view)], {&place, 1}, pixel.colour);
  }
  push(std::move(next), tr("choose an alternative"));
}

void TurnaroundEditor::recolour(const ColourChange& change) {
  TurnaroundDraft next = draft();
  next.recolour(change);
  push(std::move(next), tr("change a colour"));
}

void TurnaroundEditor::setLikeliest(bool likeliest) {
  TurnaroundDraft next = draft();
  next.likeliest = likeliest;
  push(std::move(next), likeliest ? tr("sharper") : tr("softer"));
}

void TurnaroundEditor::rename(const QString& name) {
  TurnaroundDraft next = draft();
  next.name = name.toStdString();
  push(std::move(next), tr("name the character"));
}

void TurnaroundEditor::startOver() {
  TurnaroundDraft next;
  next.likeliest = draft().likeliest;
  push(std::move(next), tr("start over"));
}

}  // namespace loom
