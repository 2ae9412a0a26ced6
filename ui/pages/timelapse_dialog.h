// A training as a film, from the Train page.
#pragma once

#include "ui/pages/film_dialog.h"

namespace loom {

class TimelapseDialog : public FilmDialog {
  Q_OBJECT
 public:
  TimelapseDialog(Session& session, int run, QWidget* parent = nullptr);
  ~TimelapseDialog() override;

 protected:
  std::optional<Film> plan(const FilmOptions& film, AnimationFormat format) const override;
  Work work(const FilmOptions& film) const override;
  void remember() const override;

 private:
  void look(int run);
  TimelapseOptions options() const;
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
