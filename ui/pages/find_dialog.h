// From a picture to a character of the model: what comes nearest, watched while it is looked for.
#pragma once

#include <QDialog>
#include <memory>

#include "ui/bridge/session.h"

namespace loom {

/// Begins at once; another view of the picture begins anew. accept() hands the latent on.
class FindDialog : public QDialog {
  Q_OBJECT
 public:
  /// `view` is the one that the picture shows, by its index in the model; the artist may correct it.
  FindDialog(Session& session, std::shared_ptr<const Model> model, Sprite picture, int view, QWidget* parent = nullptr);
  ~FindDialog() override;

  void accept() override;
  void reject() override;

 Q_SIGNALS:
  void found(const loom::Latent& latent);

 private:
  void build();
  void begin();
  void show(const std::vector<Sprite>& sprites);
  void finish(const FoundCharacter& character);
  void stop();

  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
