// Does each PDF keep to PDF/A-3a and to PDF/UA-1? One line per file and profile; exit 1 when one does not.
// Usage: java -cp JARS .ci/verapdf/CheckProfiles.java FILE.pdf...   (JARS: veraPDF's validation library and JAXB)
import java.io.FileInputStream;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public final class CheckProfiles {
  private static final String[] PROFILES = {"3a", "ua1"};

  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    boolean kept = files.length > 0;
    for (String file : files)
      for (String profile : PROFILES) kept &= check(file, profile);
    System.exit(kept ? 0 : 1);
  }

  private static boolean check(String file, String profile) throws Exception {
    PDFAFlavour flavour = PDFAFlavour.byFlavourId(profile);
    try (var stream = new FileInputStream(file);
        var parser = Foundries.defaultInstance().createParser(stream, flavour);
        var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      ValidationResult result = validator.validate(parser);
      System.out.printf("%s %s %s, %d checks%n", result.isCompliant() ? "kept" : "BROKEN", profile, file, result.getTotalAssertions());
      var faults = new TreeSet<String>();
      for (TestAssertion assertion : result.getTestAssertions())
        if (assertion.getStatus() == TestAssertion.Status.FAILED)
          faults.add(assertion.getRuleId().getClause() + ", test " + assertion.getRuleId().getTestNumber() + ": " + assertion.getMessage());
      for (String fault : faults) System.out.println("  " + fault);
      return result.isCompliant();
    }
  }
}
