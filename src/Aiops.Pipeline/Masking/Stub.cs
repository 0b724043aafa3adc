namespace Aiops.Pipeline.Masking;
public static class SecretMask { public static string Mask(string t) => t; }
