#include "ui/models/turnaround_editor.h"

#include <QUndoCommand>
#include <algorithm>
#include <utility>

namespace loom {
namespace {

QString viewText(const std::string& view) {
  return QString::fromStdString(view);
}

}  // namespace

class TurnaroundEditor::Command : public QUndoCommand {
 public:
  Command(TurnaroundEditor& editor, std::shared_ptr<const TurnaroundDraft> after, const QString& text, int gesture)
      : QUndoCommand(text),
        m_editor(&editor),
        m_before(editor.m_draft),
        m_after(std::move(after)),
        m_gesture(gesture) {}

  int id() const override { return m_gesture > 0 ? kMergeableId : -1; }
  bool mergeWith(const QUndoCommand* other) override {
    const auto* newer = static_cast<const Command*>(other);
    if (newer->m_gesture != m_gesture || newer->m_editor != m_editor) return false;
    m_after = newer->m_after;
    return true;
  }
  void undo() override { apply(m_before); }
  void redo() override { apply(m_after); }

 private:
  static constexpr int kMergeableId = 0x5455524E;

  void apply(const std::shared_ptr<const TurnaroundDraft>& draft) {
    m_editor.isNull() ? setObsolete(true) : m_editor->apply(draft);
  }
  QPointer<TurnaroundEditor> m_editor;
  std::shared_ptr<const TurnaroundDraft> m_before, m_after;
  int m_gesture;  ///< 0: never merged
};

TurnaroundEditor::TurnaroundEditor(QUndoStack& undo, QObject* parent)
    : QObject(parent), m_undo(&undo), m_draft(std::make_shared<const TurnaroundDraft>()) {}

void TurnaroundEditor::begin(TurnaroundDraft draft) {
  m_held = false;
  apply(std::make_shared<const TurnaroundDraft>(std::move(draft)));
}

void TurnaroundEditor::apply(std::shared_ptr<const TurnaroundDraft> draft) {
  m_draft = std::move(draft);
  Q_EMIT changed();
}

void TurnaroundEditor::push(TurnaroundDraft next, const QString& text, int gesture) {
  if (next == *m_draft || m_undo.isNull()) return;
  m_undo->push(new Command(*this, std::make_shared<const TurnaroundDraft>(std::move(next)), text, gesture));
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
