// What a search varies: a row a setting, made from a preset's schema, with its ready-made search to begin with.
#pragma once

#include <QWidget>
#include <memory>

#include "core/studio/studio.h"

namespace loom {

class SpaceEditor : public QWidget {
  Q_OBJECT
 public:
  explicit SpaceEditor(QWidget* parent = nullptr);
  ~SpaceEditor() override;

  /// The settings that can be searched are those of `preset`; the rows are its ready-made search.
  void setPreset(const Preset& preset);
  void setSpace(const SearchSpace& space);
  void addSetting(const std::string& name);

  /// Throws Error when a range is none.
  SearchSpace space() const;
  /// What is wrong with a range; empty when nothing is.
  QString trouble() const;

 Q_SIGNALS:
  void changed();

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
