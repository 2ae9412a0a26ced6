#include "core/dataset/web_page.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "core/base/limits.h"
#include "core/dataset/web_data_url.h"
#include "core/dataset/web_html.h"
#include "core/dataset/web_picture_sources.h"
#include "core/dataset/web_url.h"

namespace loom {
namespace {

/// Collects the pictures of one page while its tree is walked.
class Collector {
 public:
  Collector(WebPage& page, JobMonitor& monitor) : m_page(page), m_monitor(monitor), m_base(page.url) {}

  void findBase(const GumboElement& element) {
    if (element.tag != GUMBO_TAG_BASE || m_baseFound) return;
    const std::string href = attributeOf(element, "href");
    if (const auto base = resolveWebAddress(m_page.url, href); base && !href.empty()) {
      m_base = *base;
      m_baseFound = true;
    }
  }

  void enter(const GumboElement& element) {
    m_monitor.checkCancelled();
    for (const std::string& url : stylePictures(attributeOf(element, "style"))) add(url, {});
    if (isPictureElement(element)) {
      m_inPicture = true;
      m_offer = {};
    }
    switch (element.tag) {
      case GUMBO_TAG_TITLE:
        if (m_page.title.empty()) m_page.title = textOf(element);
        break;
      case GUMBO_TAG_A:
        enterLink(element);
        [[fallthrough]];
      case GUMBO_TAG_LINK:
        findLicence(element);
        break;
      case GUMBO_TAG_SOURCE:
        if (m_inPicture) takeSource(element);
        break;
      case GUMBO_TAG_IMG:
        takeImage(element);
        break;
      case GUMBO_TAG_INPUT:
        if (asciiLowered(attributeOf(element, "type")) == "image")
          add(attributeOf(element, "src"), attributeOf(element, "alt"));
        break;
      default:
        break;
    }
  }

  void leave(const GumboElement& element) {
    if (isPictureElement(element)) m_inPicture = false;
    if (element.tag != GUMBO_TAG_A) return;
    if (!m_link.empty()) add(m_link, m_linkAlt);
    m_link.clear();
  }

  void finish() {
    const auto& chosen = m_statedLicences.empty() ? m_linkedLicences : m_statedLicences;
    for (const std::string& licence : chosen) m_page.licence += (m_page.licence.empty() ? "" : ", ") + licence;
  }

 private:
  void enterLink(const GumboElement& link) {
    m_link = attributeOf(link, "href");
    m_linkAlt = attributeOf(link, "title");
    if (!isPictureFile(m_link)) m_link.clear();
  }

  void findLicence(const GumboElement& link) {
    const auto url = resolveWebAddress(m_base, attributeOf(link, "href"));
    if (!url) return;
    const std::string relation = " " + asciiLowered(attributeOf(link, "rel")) + " ";
    const std::string name = licenceName(*url);
    if (relation.find(" license ") != std::string::npos) m_statedLicences.insert(name);
    if (name.starts_with("CC")) m_linkedLicences.insert(name);
  }

  void takeSource(const GumboElement& source) {
    const PictureOffer best = offerOfSource(source);
    if (best.size > m_offer.size) m_offer = best;
  }

  void takeImage(const GumboElement& image) {
    PictureOffer offer = offerOfImage(image);
    if (m_inPicture && (m_offer.size > std::max(offer.size, 1.0) || offer.url.empty())) offer = m_offer;
    const std::string alt = attributeOf(image, "alt");
    if (m_link.empty()) return add(offer.url, alt);
    if (!alt.empty()) m_linkAlt = alt;
  }

  void add(const std::string& reference, const std::string& alt) {
    if (reference.find_first_not_of(" \t\n\r\f") == std::string::npos) return;
    WebPicture picture{
        .url = {}, .name = {}, .bytes = -1, .width = 0, .height = 0, .alt = alt, .problem = {}, .localHost = {}};
    if (isDataAddress(reference)) {
      picture.url = reference;
    } else if (const auto url = resolveWebAddress(m_base, reference)) {
      picture.url = *url;
    } else {
      return;
    }
    if (!m_known.insert(picture.url).second) return;
    if (static_cast<std::int64_t>(m_page.pictures.size()) >= limits::kMaxPagePictures) {
      ++m_page.leftOut;
      return;
    }
    complete(picture);
    m_page.pictures.push_back(std::move(picture));
  }

  void complete(WebPicture& picture) {
    if (isDataAddress(picture.url)) {
      readDataPicture(picture);
      picture.name = "picture-" + std::to_string(++m_dataPictures) + picture.name;
    } else {
      picture.name = fileNameOf(*parseWebAddress(picture.url));
      if (endsLike(picture.url, ".svg"))
        picture.problem = "it is a vector drawing (SVG); only pictures of pixels are read";
    }
  }

  WebPage& m_page;
  JobMonitor& m_monitor;
  std::string m_base;
  bool m_baseFound = false;
  std::string m_link;  ///< the picture file that the link around leads to
  std::string m_linkAlt;
  bool m_inPicture = false;
  PictureOffer m_offer;  ///< the largest that the sources of a picture element offer
  int m_dataPictures = 0;
  std::unordered_set<std::string> m_known;
  std::set<std::string> m_statedLicences;
  std::set<std::string> m_linkedLicences;
};

}  // namespace

WebPage readWebPage(std::string_view html, const std::string& url, const std::string& charset, JobMonitor& monitor) {
  WebPage page;
  page.url = url;
  Collector collector(page, monitor);
  withHtmlTree(pageText(html, charset), monitor, [&](const GumboNode& root) {
    walkHtml(
        root, [&](const GumboElement& element) { collector.findBase(element); }, nullptr);
    walkHtml(
        root, [&](const GumboElement& element) { collector.enter(element); },
        [&](const GumboElement& element) { collector.leave(element); });
  });
  collector.finish();
  return page;
}

}  // namespace loom
