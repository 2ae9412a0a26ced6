// What cleaning steps would make of a sprite, worked out on a worker of its own; the newest question wins.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <filesystem>
#include <memory>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

struct CleaningQuestion {
  std::filesystem::path database;
  SpriteId sprite = 0;
  std::vector<SpriteId> set = {};  ///< what steps that look at all sprites look at; a part of a large set will do
  std::vector<CleaningStep> steps = {};
};

struct CleaningAnswer {
  SpriteId sprite = 0;
  Sprite before = {}, after = {};
  QStringList notes = {};  ///< one a step
  QString problem = {};    ///< why it cannot be done; `after` is then as far as it came
};

class CleaningPreview : public QObject {
  Q_OBJECT
 public:
  explicit CleaningPreview(QObject* parent = nullptr);
  ~CleaningPreview() override;

  /// One without a database is not answered; it lets go of the one that was open.
  void ask(CleaningQuestion question);

 Q_SIGNALS:
  void arrived(const loom::CleaningAnswer& answer);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
