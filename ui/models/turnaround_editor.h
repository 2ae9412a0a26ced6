// The character being turned round on the turnaround page; every change is an undo step.
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <QUndoStack>
#include <memory>
#include <vector>

#include "core/studio/studio.h"
#include "ui/bridge/undo_history.h"

namespace loom {

/// Between hold(true) and hold(false), one stroke of a pencil, all painting is one undo step. Steps share the drafts
/// before and after them.
class TurnaroundEditor : public QObject {
  Q_OBJECT
 public:
  explicit TurnaroundEditor(QUndoStack& undo, QObject* parent = nullptr);

  /// Lets the history make these steps again, as long as the editor lives.
  void addKinds(UndoHistory& history);

  const TurnaroundDraft& draft() const { return *m_draft; }

  /// Replaces everything, without an undo step (another project).
  void begin(TurnaroundDraft draft);

  void give(const std::string& view, const Sprite& sprite);
  /// Several views at once. Those of the data set they come from, and the character's name, are taken over where no
  /// view was given before; added where one was.
  void give(const std::vector<ViewPicture>& pictures, const std::vector<SpriteId>& origins = {});
  /// Takes a view that the model drew as given.
  void accept(const std::string& view, const Sprite& sprite);
  void mirror(const std::string& view, const Sprite& opposite);
  void release(const std::string& view);
  void paint(const std::string& view, const std::vector<PixelPlace>& places, Rgba colour);
  void hold(bool held);
  void choose(const std::vector<SetPixel>& pixels, const std::vector<std::string>& views);
  void recolour(const ColourChange& change);
  void setLikeliest(bool likeliest);
  void rename(const QString& name);
  void startOver();

 Q_SIGNALS:
  void changed();  ///< also by undo and redo

 private:
  using Shared = std::shared_ptr<const TurnaroundDraft>;
  class StepDraft;
  class Command;
  void push(TurnaroundDraft next, const QString& text, int gesture = 0);
  void apply(Shared draft);

  QPointer<QUndoStack> m_undo;
  Shared m_draft;
  int m_gesture = 0;
  bool m_held = false;
};

}  // namespace loom
