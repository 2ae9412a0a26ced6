#include "ui/pages/find_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>
#include <optional>
#include <utility>

#include "ui/bridge/stoppable.h"
#include "ui/widgets/job_strip.h"
#include "ui/widgets/silence.h"
#include "ui/widgets/sprite_canvas.h"
#include "ui/widgets/sprite_image.h"
#include "ui/widgets/thumbnail_strip.h"

namespace loom {
namespace {

constexpr int kCell = 96;

QString title() {
  return FindDialog::tr("Looking for the character");
}

}  // namespace

struct FindDialog::Impl {
  Impl(Session& of, std::shared_ptr<const Model> in, Sprite from, int seen)
      : session(of), model(std::move(in)), picture(std::move(from)), view(seen) {}

  Session& session;
  std::shared_ptr<const Model> model;
  Sprite picture;
  int view = 0;
  int attempt = 0;  ///< what an older one finds is of no use
  bool looking = false;
  std::optional<FoundCharacter> best;
  QComboBox* views = nullptr;
  SpriteCanvas* given = nullptr;
  SpriteCanvas* nearest = nullptr;
  ThumbnailStrip* strip = nullptr;
  QLabel* state = nullptr;
  QPushButton* take = nullptr;
};

FindDialog::FindDialog(Session& session, std::shared_ptr<const Model> model, Sprite picture, int view, QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(session, std::move(model), std::move(picture), view)) {
  setAttribute(Qt::WA_DeleteOnClose);
  setObjectName("findDialog");
  setWindowTitle(tr("From a picture"));
  build();
  begin();
}

FindDialog::~FindDialog() {
  silence(*this, *this);
}

void FindDialog::build() {
  m_impl->views = new QComboBox;
  m_impl->views->setObjectName("findView");
  for (const std::string& view : m_impl->model->views) m_impl->views->addItem(QString::fromStdString(view));
  m_impl->views->setCurrentIndex(m_impl->view);
  m_impl->views->setToolTip(tr("The side that your picture shows"));
  m_impl->given = new SpriteCanvas;
  m_impl->given->setAccessibleName(tr("Your picture"));
  m_impl->given->setSprite(m_impl->picture);
  m_impl->nearest = new SpriteCanvas;
  m_impl->nearest->setObjectName("findNearest");
  m_impl->nearest->setAccessibleName(tr("The nearest that the model can draw"));
  m_impl->strip = new ThumbnailStrip(kCell);
  m_impl->strip->setObjectName("findStrip");
  m_impl->strip->setAccessibleName(tr("All views"));
  m_impl->state = new QLabel;
  m_impl->state->setObjectName("findState");
  m_impl->state->setWordWrap(true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_impl->take = buttons->addButton(tr("Go on from it"), QDialogButtonBox::AcceptRole);
  m_impl->take->setObjectName("findTakeButton");
  m_impl->take->setToolTip(tr("The sliders take this character over (undo brings the present one back)"));
  m_impl->take->setProperty("primary", true);
  m_impl->take->setEnabled(false);

  auto* form = new QFormLayout;
  form->addRow(tr("It shows the"), m_impl->views);
  auto* pair = new QHBoxLayout;
  pair->addWidget(m_impl->given, 1);
  pair->addWidget(m_impl->nearest, 1);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(form);
  layout->addLayout(pair, 1);
  layout->addWidget(m_impl->strip);
  layout->addWidget(m_impl->state);
  layout->addWidget(new JobStrip(m_impl->session.jobs()));
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &FindDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &FindDialog::reject);
  connect(m_impl->views, &QComboBox::currentIndexChanged, this, [this](int view) {
    m_impl->view = view;
    begin();
  });
  resize(560, 560);
}

void FindDialog::begin() {
  stop();
  m_impl->best.reset();
  m_impl->take->setEnabled(false);
  m_impl->looking = true;
  m_impl->state->setText(tr("The picture changes until it is as near as the model can come."));
  std::vector<Sprite> views(m_impl->model->views.size());
  views[static_cast<std::size_t>(m_impl->view)] = m_impl->picture;
  const int attempt = ++m_impl->attempt;
  const QPointer<FindDialog> self(this);
  const auto watch = [self, attempt](const std::vector<Sprite>& sprites) {
    QMetaObject::invokeMethod(
        qApp,
        [self, attempt, sprites] {
          if (self != nullptr && self->m_impl->attempt == attempt) self->show(sprites);
        },
        Qt::QueuedConnection);
  };
  m_impl->session.jobs().run(
      title(), this, stoppable([model = m_impl->model, views, watch](JobMonitor& monitor) {
        return findCharacter(model, views, monitor, watch);
      }),
      [this, attempt](const std::optional<FoundCharacter>& character) {
        if (attempt != m_impl->attempt) return;
        m_impl->looking = false;
        if (character) return finish(*character);
        m_impl->state->setText(tr("Stopped."));
      },
      [this, attempt](const std::exception_ptr& error) {
        if (attempt != m_impl->attempt) return;
        m_impl->looking = false;
        m_impl->state->setText(told(errorText(error)));
      });
}

void FindDialog::show(const std::vector<Sprite>& sprites) {
  const Sprite& nearest = sprites[static_cast<std::size_t>(m_impl->view)];
  if (!nearest.empty()) m_impl->nearest->setSprite(nearest);
  std::vector<QImage> pictures;
  for (const Sprite& sprite : sprites) pictures.push_back(sprite.empty() ? QImage() : toImage(sprite));
  m_impl->strip->updatePictures(std::move(pictures));
}

void FindDialog::finish(const FoundCharacter& character) {
  m_impl->best = character;
  m_impl->take->setEnabled(true);
  m_impl->take->setFocus();
  show(character.sprites);
  const QLocale locale;
  m_impl->state->setText(tr("%1 % of the pixels are alike; the mean difference is %2 of 255.")
                             .arg(locale.toString(100 * character.accuracy, 'f', 1))
                             .arg(locale.toString(character.l1 / 2 * 255, 'f', 1)));
}

void FindDialog::stop() {
  JobRunner& jobs = m_impl->session.jobs();
  if (m_impl->looking && jobs.currentTitle() == title()) jobs.cancel();
}

void FindDialog::accept() {
  if (!m_impl->best) return;
  Q_EMIT found(m_impl->best->latent);
  QDialog::accept();
}

void FindDialog::reject() {
  stop();
  QDialog::reject();
}

}  // namespace loom
