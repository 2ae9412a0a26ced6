// Loops from the Export page: its characters as they turn, or their animations.
#pragma once

#include "core/studio/loops.h"
#include "ui/bridge/sheet_maker.h"
#include "ui/pages/film_dialog.h"

namespace loom {

class LoopsDialog : public FilmDialog {
  Q_OBJECT
 public:
  /// `name` is proposed for the file, without an ending.
  LoopsDialog(Session& session, std::shared_ptr<const SheetCast> cast, const QString& name, QWidget* parent = nullptr);
  ~LoopsDialog() override;

 protected:
  std::optional<Film> plan(const FilmOptions& film, AnimationFormat format) const override;
  Work work(const FilmOptions& film) const override;
  void remember() const override;
  std::vector<std::filesystem::path> files(const std::filesystem::path& out) const override;
  QString written(const Film& film, const std::filesystem::path& out) const override;

 private:
  void build();
  void restore();
  void adopt();  ///< a choice changed
  LoopOptions options() const;
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
