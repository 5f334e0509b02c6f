// Boost's values of the functions that Smirnov's are compared with, in plain double: without the promotion to long
// double that Boost makes by default, which other languages and processors do not have.
//
// In: lines "function count", then `count` lines of arguments. Out: one value a line, "-" where Boost has no such function
// or the arguments are none of its own.
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/hypergeometric.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/distributions/uniform.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/version.hpp>
#include <cmath>
#include <cstdio>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace m = boost::math;
namespace p = boost::math::policies;
using Plain = p::policy<p::promote_double<false>, p::promote_float<false>, p::domain_error<p::throw_on_error>,
                        p::overflow_error<p::ignore_error>, p::pole_error<p::ignore_error>,
                        p::evaluation_error<p::ignore_error>, p::discrete_quantile<p::integer_round_up>>;
using Row = std::vector<double>;
using Function = std::function<double(const Row&)>;

std::map<std::string, Function> functions;

/** The functions of one law; its parameters follow the point. */
template <class Make> void law(const std::string& name, bool discrete, Make make) {
  functions[name + (discrete ? ".pmf" : ".pdf")] = [=](const Row& r) { return m::pdf(make(r), r[0]); };
  functions[name + (discrete ? ".logPmf" : ".logPdf")] = [=](const Row& r) { return std::log(m::pdf(make(r), r[0])); };
  functions[name + ".cdf"] = [=](const Row& r) { return m::cdf(make(r), r[0]); };
  functions[name + ".sf"] = [=](const Row& r) { return m::cdf(m::complement(make(r), r[0])); };
  functions[name + ".quantile"] = [=](const Row& r) { return m::quantile(make(r), r[0]); };
  functions[name + ".upperQuantile"] = [=](const Row& r) { return m::quantile(m::complement(make(r), r[0])); };
}

double at(const Row& r, size_t i, double otherwise) { return i < r.size() ? r[i] : otherwise; }

int main() {
  const Plain plain;
  functions["erf"] = [=](const Row& r) { return m::erf(r[0], plain); };
  functions["erfc"] = [=](const Row& r) { return m::erfc(r[0], plain); };
  functions["erfInverse"] = [=](const Row& r) { return m::erf_inv(r[0], plain); };
  functions["erfcInverse"] = [=](const Row& r) { return m::erfc_inv(r[0], plain); };
  functions["lgamma"] = [=](const Row& r) { return m::lgamma(r[0], plain); };
  functions["gammaP"] = [=](const Row& r) { return m::gamma_p(r[0], r[1], plain); };
  functions["gammaQ"] = [=](const Row& r) { return m::gamma_q(r[0], r[1], plain); };
  functions["betaI"] = [=](const Row& r) { return m::ibeta(r[1], r[2], r[0], plain); };
  functions["betaIComplement"] = [=](const Row& r) { return m::ibetac(r[1], r[2], r[0], plain); };
  law("normal", false, [](const Row& r) { return m::normal_distribution<double, Plain>(at(r, 1, 0), at(r, 2, 1)); });
  law("logNormal", false, [](const Row& r) { return m::lognormal_distribution<double, Plain>(r[1], r[2]); });
  law("studentT", false, [](const Row& r) { return m::students_t_distribution<double, Plain>(r[1]); });
  law("chiSquare", false, [](const Row& r) { return m::chi_squared_distribution<double, Plain>(r[1]); });
  law("gamma", false, [](const Row& r) { return m::gamma_distribution<double, Plain>(r[1], at(r, 2, 1)); });
  law("beta", false, [](const Row& r) { return m::beta_distribution<double, Plain>(r[1], r[2]); });
  law("fisherF", false, [](const Row& r) { return m::fisher_f_distribution<double, Plain>(r[1], r[2]); });
  law("exponential", false, [](const Row& r) { return m::exponential_distribution<double, Plain>(r[1]); });
  law("uniform", false, [](const Row& r) { return m::uniform_distribution<double, Plain>(r[1], r[2]); });
  law("binomial", true, [](const Row& r) { return m::binomial_distribution<double, Plain>(r[1], r[2]); });
  law("poisson", true, [](const Row& r) { return m::poisson_distribution<double, Plain>(r[1]); });
  law("hypergeometric", true, [](const Row& r) {
    if (!(r[1] <= 1e6)) throw std::domain_error("takes for ever");
    return m::hypergeometric_distribution<double, Plain>(unsigned(r[2]), unsigned(r[3]), unsigned(r[1]));
  });

  std::printf("%d.%d\n", BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000);
  std::string line, name, word;
  while (std::getline(std::cin, line)) {
    std::istringstream head(line);
    size_t count = 0;
    head >> name >> count;
    const auto found = functions.find(name);
    while (count-- > 0 && std::getline(std::cin, line)) {
      std::istringstream words(line);
      Row row;
      while (words >> word) row.push_back(std::strtod(word.c_str(), nullptr));
      try {
        if (found == functions.end()) throw std::domain_error("unknown");
        std::printf("%.17g\n", found->second(row));
      } catch (const std::exception&) {
        std::printf("-\n");
      }
    }
  }
}
