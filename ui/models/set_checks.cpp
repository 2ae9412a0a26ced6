#include "ui/models/set_checks.h"

#include <QObject>
#include <QStringList>
#include <algorithm>

namespace loom {
namespace {

SpriteInfo infoOf(const SpriteTable& table, SpriteId id) {
  const int index = table.indexOf(id);
  return index < 0 ? SpriteInfo{.id = id} : table.sprites[static_cast<std::size_t>(index)];
}

/// "knight: 3 alike (mirrored, recoloured)".
SpriteFindings::Group asGroup(const SpriteTable& table, const DuplicateGroup& group) {
  SpriteFindings::Group finding{{}, {group.first}};
  QStringList how;
  for (const DuplicateMember& member : group.members) {
    finding.sprites.push_back(member.sprite);
    QString word = QString::fromStdString(relationName(member.likeness.relation));
    if (member.likeness.isMirrored && member.likeness.relation != Relation::kMirrored)
      word += QObject::tr(" and mirrored");

    if (!how.contains(word)) how.append(word);
  }
  finding.title = QObject::tr("%1: %2 alike (%3)")
                      .arg(QString::fromStdString(infoOf(table, group.first).character))
                      .arg(finding.sprites.size())
                      .arg(how.join(", "));
  return finding;
}

SpriteFindings nearDuplicates(const SpriteTable& table, const Catalogue& catalogue, JobMonitor& monitor) {
  SpriteFindings findings{QObject::tr("Near duplicates"), {}, true, true};
  for (const DuplicateGroup& group : findNearDuplicates(table.sprites, pixelsFrom(catalogue), monitor)) {
    findings.groups.push_back(asGroup(table, group));
  }
  return findings;
}

SpriteFindings outliers(const SpriteTable& table, const Catalogue& catalogue, JobMonitor& monitor) {
  SpriteFindings findings{QObject::tr("Sprites unlike the others"), {}, false, false};
  // By reason, so that a fault that many share is one heading; in the order of the worst of each.
  for (const Outlier& outlier : findOutliers(table.sprites, pixelsFrom(catalogue), monitor)) {
    if (outlier.score < Outlier::kSuspicious) break;
    const QString title = QString::fromStdString(outlier.reasons);
    auto group = std::ranges::find(findings.groups, title, &SpriteFindings::Group::title);
    if (group == findings.groups.end()) group = findings.groups.insert(group, {title, {}});
    group->sprites.push_back(outlier.sprite);
  }
  return findings;
}

SpriteFindings mirrors(const SpriteTable& table, const Catalogue& catalogue, JobMonitor& monitor) {
  SpriteFindings findings{QObject::tr("Left against right"), {}, true, false};
  for (const MirrorPair& pair : checkMirrors(table.sprites, pixelsFrom(catalogue), monitor)) {
    if (pair.kind == MirrorKind::kExact) continue;
    const QString what = pair.reason.empty() ? QObject::tr("%1, %2 % differ")
                                                   .arg(QString::fromStdString(mirrorKindName(pair.kind)))
                                                   .arg(qRound(100 * pair.difference))
                                             : QString::fromStdString(pair.reason);
    findings.groups.push_back(
        {QObject::tr("%1: %2").arg(QString::fromStdString(pair.character), what), {pair.left, pair.right}});
  }
  return findings;
}

SpriteFindings leaks(const SpriteTable& table, const Catalogue& catalogue, JobMonitor& monitor) {
  SpriteFindings findings{QObject::tr("Training against held out"), {}, true, true};
  const auto groups = findNearDuplicates(table.sprites, pixelsFrom(catalogue), monitor);
  for (const SplitLeak& leak : findLeaks(loadSplit(catalogue), table.sprites, groups)) {
    findings.groups.push_back(
        {QObject::tr("%1 and %2")
             .arg(QString::fromStdString(leak.trainingCharacter), QString::fromStdString(leak.heldOutCharacter)),
         {leak.training, leak.heldOut}});
  }
  return findings;
}

}  // namespace

const std::vector<SetCheck>& setChecks() {
  static const std::vector<SetCheck> checks = {
      {"checkDuplicates", QObject::tr("Near duplicates"), QObject::tr("Also shifted, mirrored, recoloured, touched up"),
       QObject::tr("Looking for near duplicates"), nearDuplicates},
      {"checkOutliers", QObject::tr("Sprites unlike the others"),
       QObject::tr("Forgotten backgrounds, odd sizes, strangers"), QObject::tr("Looking for outliers"), outliers},
      {"checkMirrors", QObject::tr("Left against right"),
       QObject::tr("Views that were swapped, or differ more than a mirror image"),
       QObject::tr("Comparing left and right"), mirrors},
      {"checkLeaks", QObject::tr("Training against held out"), QObject::tr("Sprites alike in both parts"),
       QObject::tr("Comparing the parts"), leaks},
  };
  return checks;
}

}  // namespace loom
