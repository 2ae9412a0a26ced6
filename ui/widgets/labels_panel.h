// What is said of the selected sprites in words: character, view, animation, source, licence, author, tags; edited for
// all of them at once.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "ui/models/label_summary.h"

namespace loom {

/// Usable alone. A field whose sprites differ is empty and says so; only what is typed is changed.
class LabelsPanel : public QWidget {
  Q_OBJECT
 public:
  explicit LabelsPanel(QWidget* parent = nullptr);
  ~LabelsPanel() override;

  /// Shows these sprites; what is being typed stays while the sprites are the same.
  void setSummary(const LabelSummary& summary);
  /// Those shown: what an edit means.
  const std::vector<SpriteId>& sprites() const;

 Q_SIGNALS:
  void fieldEdited(loom::SpriteField field, const QString& value);
  void tagsAdded(const QString& tags);
  void tagsRemoved(const QString& tags);
  void creditsRequested();

 private:
  void build();
  void buildField(SpriteField field, const QString& title, const QString& name, const QString& tip);
  void finishEdit(SpriteField field);
  void setKnown(SpriteField field, QStringList values);
  void showTags();
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
